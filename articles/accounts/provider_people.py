"""Whose account it is that a provider speaks of."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.audit import record
from articles.conf import SingleSignOn, single_sign_on
from articles.models import AuditEntry, ProviderAccount

from .provider import NotTaken

LONGEST_SUBJECT = 255  # by the standard
TOLD = "There is no account at this desk for you. Ask an administrator for one with your e-mail address."


def person_of(claims: dict[str, Any]) -> User:
    """An account that was linked before; else the one account of the desk with this verified e-mail address;
    else a new one, if a setting says which groups it gets."""
    said = single_sign_on()
    try:
        with transaction.atomic():
            person = linked(said, claims) or linked_now(said, claims)
            set_groups(person, said, claims)
    except IntegrityError as error:
        raise NotTaken("Somebody is being let in with the same account at this moment. Try again.") from error
    if not (person.is_active and person.is_staff):
        raise NotTaken(TOLD, f"the account {person.get_username()} is shut, or is not of the staff")
    return person


def linked(said: SingleSignOn, claims: dict[str, Any]) -> User | None:
    link = ProviderAccount.objects.filter(issuer=said.issuer, subject=subject_of(claims)).first()
    return User.objects.select_for_update().get(pk=link.person_id) if link else None


def linked_now(said: SingleSignOn, claims: dict[str, Any]) -> User:
    address = verified_address(claims)
    known = accounts_with(address)
    people = [person for person in known if person.is_active and person.is_staff]
    if len(people) > 1:
        raise NotTaken(
            "Several accounts of the desk have your e-mail address. Ask an administrator to leave it to one.",
            f"several accounts have the address {address}",
        )
    if known and not people:
        # Otherwise whoever was shut out here would get a second account, because the provider still has them.
        raise NotTaken(TOLD, f"the account with the address {address} is shut, or is not of the staff")
    person = people[0] if people else made(said, claims, address)
    if ProviderAccount.objects.filter(issuer=said.issuer, person=person).exists():
        raise NotTaken(TOLD, f"{address} is {person.get_username()}, whom the provider knew as somebody else")
    link(person, subject_of(claims))
    return person


def accounts_with(address: str) -> list[User]:
    """PostgreSQL also finds addresses that are the same only in capitals, such as one with “ı” in place of
    “i”. Somebody else can have that one, so the small letters have to be the same too."""
    found = User.objects.select_for_update().filter(email__iexact=address)
    return [person for person in found if person.email.lower() == address.lower()]


def link(person: User, subject: str) -> None:
    issuer = single_sign_on().issuer
    ProviderAccount.objects.create(person=person, issuer=issuer, subject=subject)
    record(AuditEntry.Kind.ACCOUNT, f"user {person.get_username()}", detail="linked with single sign-on")


def unlink(person: User) -> None:
    ProviderAccount.objects.filter(person=person).delete()
    record(AuditEntry.Kind.ACCOUNT, f"user {person.get_username()}", detail="single sign-on unlinked")


def subject_of(claims: dict[str, Any]) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\x00" in subject:
        raise NotTaken(TOLD, "the provider says no name of its own (sub)")
    return subject


def verified_address(claims: dict[str, Any]) -> str:
    address = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(address, str) or not address.strip("\x00 "):
        raise NotTaken(TOLD, "the provider says no e-mail address that it has verified")
    return address.replace("\x00", "")[:254]


def made(said: SingleSignOn, claims: dict[str, Any], address: str) -> User:
    """Without a password, so that there is no other way in than the provider."""
    if not wanted_groups(said, claims):
        raise NotTaken(TOLD, f"no account has the address {address}")
    person = User(username=free_name(claims, address), email=address, is_staff=True)
    person.first_name, person.last_name = (shown(claims, name) for name in ("given_name", "family_name"))
    person.set_unusable_password()
    try:
        person.full_clean()
    except ValidationError as error:
        raise NotTaken(TOLD, f"no account can be made for {address}: {'; '.join(error.messages)}") from error
    person.save()
    return person


def free_name(claims: dict[str, Any], address: str) -> str:
    name = shown(claims, "preferred_username") or address.partition("@")[0]
    return address if get_user_model().objects.filter(username__iexact=name).exists() else name


def shown(claims: dict[str, Any], name: str) -> str:
    said = claims.get(name)
    return "".join(letter for letter in said if letter.isprintable())[:150] if isinstance(said, str) else ""


def wanted_groups(said: SingleSignOn, claims: dict[str, Any]) -> set[str]:
    """Names of ours. A provider that says nothing of groups says that somebody is in none."""
    theirs = claims.get(said.groups_claim)
    names = theirs if isinstance(theirs, list) else []
    return {said.groups[name] for name in names if isinstance(name, str) and name in said.groups}


def set_groups(person: User, said: SingleSignOn, claims: dict[str, Any]) -> None:
    """Of the groups that the setting names, those that the provider says; others are as at the desk."""
    has, wanted = set(person.groups.values_list("name", flat=True)), wanted_groups(said, claims)
    ours = Group.objects.filter(name__in=set(said.groups.values()))
    if missing := [group for group in ours if group.name in wanted - has]:
        person.groups.add(*missing)
    if more := [group for group in ours if group.name in has - wanted]:
        person.groups.remove(*more)


def has_asked_for_more(claims: dict[str, Any]) -> bool:
    """Whether the provider says that it has asked for a second factor, in words that the operator trusts."""
    said = claims.get("amr")
    words = [*(said if isinstance(said, list) else ()), claims.get("acr")]
    return any(isinstance(word, str) and word in single_sign_on().second_factor for word in words)
