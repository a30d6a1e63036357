"""People who log in: citizens by their personal id, e-mail or phone; officers by their username."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from motcua.accounts.enums import AccountKind, Language
from motcua.kernel.text import fold, sort_key


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up; creating them is the business of the services."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """One person who may log in. What they may do is decided by the policies, not by flags here;
    the one flag, `is_admin`, opens the administration of accounts itself."""

    kind = models.CharField(_("Loại tài khoản"), max_length=8, choices=AccountKind.choices)
    username = models.CharField(_("Tên đăng nhập"), max_length=60, unique=True, null=True, blank=True)
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    personal_id = models.CharField(  # noqa: DJ001 (officers have none; unique among accounts not closed)
        _("Số định danh cá nhân"), max_length=12, null=True, blank=True
    )
    phone = models.CharField(_("Số điện thoại"), max_length=10, blank=True, default="")
    email = models.EmailField(_("Thư điện tử"), blank=True, default="")
    email_verified_at = models.DateTimeField(null=True, blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)  # an officer saw card and person
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True, default="")
    date_of_birth = models.DateField(_("Ngày sinh"), null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # by its owner; the number is free again
    is_admin = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    search_text = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="account_kind_has_its_login",
                condition=Q(kind=AccountKind.CITIZEN, username__isnull=True, personal_id__isnull=False)
                | Q(kind=AccountKind.OFFICER, username__isnull=False),
                violation_error_message=_(
                    "Người dân đăng nhập bằng số định danh cá nhân; cán bộ đăng nhập bằng tên đăng nhập."
                ),
            ),
            models.CheckConstraint(
                name="account_personal_id_has_12_digits",
                condition=Q(personal_id__isnull=True) | Q(personal_id__regex=r"^[0-9]{12}$"),
                violation_error_message=_("Số định danh cá nhân gồm 12 chữ số."),
            ),
            models.CheckConstraint(
                name="account_only_officers_administer",
                condition=Q(is_admin=False) | Q(kind=AccountKind.OFFICER),
                violation_error_message=_("Chỉ cán bộ mới có thể là quản trị viên."),
            ),
            models.CheckConstraint(
                name="account_closed_is_shut",
                condition=Q(closed_at__isnull=True) | Q(kind=AccountKind.CITIZEN, is_active=False),
                violation_error_message=_("Tài khoản đã đóng không dùng được nữa."),
            ),
            models.UniqueConstraint(
                fields=["personal_id"],
                name="account_personal_id_is_unique",
                condition=Q(closed_at__isnull=True),
                violation_error_message=_("Số định danh này đã có tài khoản."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="account_verified_email_is_unique",
                condition=Q(
                    kind=AccountKind.CITIZEN, email_verified_at__isnull=False, closed_at__isnull=True
                ),
                violation_error_message=_("Địa chỉ thư điện tử này đã được dùng cho một tài khoản khác."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["phone"], name="account_citizen_phone", condition=Q(kind=AccountKind.CITIZEN)
            ),
            models.Index(fields=["kind", "sort_key", "id"], name="account_by_name"),
            models.Index(fields=["personal_id"], name="account_by_number"),
            models.Index(
                fields=["created_at"],
                name="account_unproved",
                condition=Q(kind=AccountKind.CITIZEN, email_verified_at__isnull=True),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text and the sort key in step with the name."""
        self.search_text = fold(f"{self.full_name} {self.username or ''}")[:300]
        self.sort_key = sort_key(self.full_name)[:400]
        fields = kwargs.get("update_fields")
        if fields is not None and {"full_name", "username"} & set(fields):
            kwargs["update_fields"] = {*fields, "search_text", "sort_key"}
        super().save(*args, **kwargs)

    @property
    def is_citizen(self) -> bool:
        return self.kind == AccountKind.CITIZEN

    @property
    def is_officer(self) -> bool:
        return self.kind == AccountKind.OFFICER

    def get_username(self) -> str:
        """The username of an officer; a number of the house for a citizen, never their personal id."""
        return self.username or f"citizen-{self.pk}"

    def __str__(self) -> str:
        return self.get_username()
