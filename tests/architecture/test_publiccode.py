"""`publiccode.yml` holds what the standard (core schema 0.4) asks for."""

from __future__ import annotations

from urllib.parse import urlsplit

import yaml

from motcua.config.places import ROOT

WANTED = ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType")


def test_publiccode_holds_every_mandatory_key() -> None:
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert [key for key in WANTED if not told.get(key)] == []
    assert urlsplit(told["url"]).scheme == "https"
    assert told["legal"]["license"] == "Apache-2.0"
    assert told["maintenance"]["type"] == "community"
    assert told["maintenance"]["contacts"]
    assert told["localisation"]["localisationReady"]
    assert set(told["description"]) == set(told["localisation"]["availableLanguages"])
    for text in told["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert "genericName" not in text  # left the standard
