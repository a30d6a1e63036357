"""The same store in an S3 bucket: a real server in this process, spoken to over HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import boto3
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from moto.server import ThreadedMotoServer
from tests.documents import samples

from motcua.documents import errors, queries, services
from motcua.documents.rules import addresses

BUCKET = "ho-so"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@pytest.fixture
def bucket(endpoint: str) -> Iterator[object]:
    keys = {"aws_access_key_id": "an", "aws_secret_access_key": "bí-mật", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=endpoint, **keys)
    client.create_bucket(Bucket=BUCKET)
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
        "access_key": "an",
        "secret_key": "bí-mật",
        "default_acl": None,
        "file_overwrite": True,
    }
    place = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    with override_settings(STORAGES=settings.STORAGES | {"default": place}):
        yield client
    for found in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=found["Key"])
    client.close()


def _keys(bucket) -> list[str]:
    return [found["Key"] for found in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


@pytest.mark.django_db
def test_store_in_bucket_file_with_vietnamese_name_comes_back_whole(bucket):
    content = samples.pdf(pages=3)
    name = "Giấy chứng nhận quyền sử dụng đất – thửa số 5.pdf"
    card = services.store(upload=io.BytesIO(content), name=name, actor=samples.AN, at=samples.AT)
    services.store(upload=io.BytesIO(content), name="bản khác.pdf", actor=samples.AN, at=samples.AT)
    assert _keys(bucket) == [addresses.key_of(card.sha256)]
    assert queries.card(card.id).name == name
    with queries.open_content(card.id) as file:
        assert file.read() == content


@pytest.mark.django_db
def test_open_content_gone_from_bucket_is_refused(bucket):
    card = services.store(upload=io.BytesIO(samples.pdf()), name="đơn.pdf", actor=samples.AN, at=samples.AT)
    bucket.delete_object(Bucket=BUCKET, Key=addresses.key_of(card.sha256))
    with pytest.raises(errors.NoSuchFile):
        queries.open_content(card.id)


@pytest.mark.django_db
def test_sweep_bucket_deletes_only_what_no_row_speaks_of(bucket):
    card = services.store(upload=io.BytesIO(samples.pdf()), name="đơn.pdf", actor=samples.AN, at=samples.AT)
    bucket.put_object(Bucket=BUCKET, Key=addresses.key_of("f" * 64), Body=b"left over")
    assert services.sweep(at=timezone.now() + timedelta(days=2)) == 1
    assert _keys(bucket) == [addresses.key_of(card.sha256)]
