"""Whoever logs in with a provider comes in as themselves alone, and nothing that is wrong with its answer is taken."""

import hmac
import io
import json
import time
from urllib.parse import parse_qsl, urlsplit

from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from joserfc import jwt
from joserfc.jwk import ECKey

from articles.accounts import provider
from articles.accounts.passkeys import as_text
from articles.management.doctor.single_sign_on import single_sign_on
from articles.models import AuditEntry, ProviderAccount
from newsroom import provider_view
from tests import factories as make
from tests.articles.admin.desk.filled_form import change_address, fields
from tests.articles.admin.desk.test_session import login_form
from tests.servers.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider

TO, BACK, END = reverse("desk_to_provider"), reverse("desk_from_provider"), reverse("desk_end_at_provider")
LOG_IN, DESK = reverse("admin:login"), reverse("admin:index")
KEY = "3132333435363738393031323334353637383930"


class ProviderCase(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.enterClassContext(OidcProvider())

    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.ana.email = "Ana@news.example.org"
        cls.ana.save()

    def setUp(self):
        self.provider.forget()
        self.provider.claims = {"sub": "a-7", "email": "ana@news.example.org", "email_verified": True}
        self.say()
        provider_view.BRAKE = type(provider_view.BRAKE)(at_once=10_000, seconds=0.001)

    def say(self, **more):
        said = {
            "OIDC_ISSUER": self.provider.issuer,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_NAME": "Paper ID",
            "OIDC_SECOND_FACTOR": frozenset(),
            "OIDC_GROUPS": {},
            "OIDC_GROUPS_CLAIM": "groups",
        }
        self.enterContext(override_settings(OIDC=said | more))
        provider.fresh_client.cache_clear()

    def begun(self, client=None, **more):
        """The way there and back, up to the site's door."""
        asked = (client or self.client).get(TO, more)
        self.assertEqual(asked.status_code, 302)
        back = self.provider.log_in(asked["Location"])
        self.assertTrue(back.startswith(f"http://localhost:8000{BACK}?"))
        return back.removeprefix("http://localhost:8000")

    def log_in(self, client=None, **more):
        return (client or self.client).get(self.begun(client, **more))

    def who(self, client=None):
        return (client or self.client).session.get("_auth_user_id")

    def assert_in(self, person=None):
        self.assertEqual(self.who(), str((person or self.ana).pk))

    def assert_told(self, answer, sentence):
        self.assertIsNone(self.who())
        self.assertContains(self.client.get(answer["Location"]), sentence)


class LogInTest(ProviderCase):
    def test_is_by_the_address_that_the_provider_has_verified(self):
        self.assertContains(self.client.get(f"{LOG_IN}?next={DESK}articles/"), "Log in with Paper ID")
        self.assertRedirects(
            self.log_in(next=f"{DESK}articles/"), f"{DESK}articles/", fetch_redirect_response=False
        )
        self.assert_in()
        entry = AuditEntry.objects.get(kind="log_in")
        self.assertEqual((entry.name, entry.detail), ("ana", "with single sign-on"))
        self.assertTrue(
            AuditEntry.objects.filter(kind="account", detail="linked with single sign-on").exists()
        )

    def test_asks_with_state_nonce_and_a_challenge_that_are_new_each_time(self):
        asked = [dict(parse_qsl(urlsplit(self.client.get(TO)["Location"]).query)) for _ in range(2)]
        for name in ("state", "nonce", "code_challenge"):
            self.assertNotEqual(asked[0][name], asked[1][name])
            self.assertGreaterEqual(len(asked[0][name]), 20)
        self.assertEqual(asked[0]["code_challenge_method"], "S256")

    def test_is_by_the_providers_own_number_ever_after(self):
        """Whoever gets somebody's old address there gets nobody's account here."""
        self.log_in()
        self.client.logout()
        self.provider.claims |= {"email": "ana.married@news.example.org"}
        self.log_in()
        self.assert_in()
        self.client.logout()
        self.provider.claims |= {"sub": "b-8", "email": "ana@news.example.org"}
        self.assert_told(self.log_in(), "no account at this desk for you")

    def test_asks_where_the_address_is_if_the_token_has_none(self):
        self.provider.user_info = {"sub": "a-7", "email": "ana@news.example.org", "email_verified": True}
        self.provider.claims = {"sub": "a-7"}
        self.log_in()
        self.assert_in()
        self.client.logout()
        ProviderAccount.objects.all().delete()
        self.provider.user_info["sub"] = "somebody else"
        self.assert_told(self.log_in(), "was not taken")

    def test_is_refused_to_whoever_has_no_account_of_the_desk(self):
        shut = make.editor("shut")
        User.objects.filter(pk=shut.pk).update(email="shut@news.example.org", is_active=False)
        User.objects.create_user("reader", "reader@news.example.org")
        for claims in (
            {"email": "nobody@news.example.org"},
            {"email": "shut@news.example.org"},
            {"email": "reader@news.example.org"},
            {"email_verified": False},
            {"email_verified": "true"},
            {"email": None},
            {"email": ["ana@news.example.org"]},
            {"sub": "x" * 256},
            {"sub": "a\x00"},
        ):
            with self.subTest(claims):
                before = self.provider.claims
                self.provider.claims = before | claims
                self.assert_told(self.log_in(), "no account at this desk for you")
                self.provider.claims = before
        self.assertEqual(User.objects.count(), 3)
        self.assertFalse(ProviderAccount.objects.exists())
        self.assertTrue(AuditEntry.objects.filter(kind="refused", detail__contains="nobody@news").exists())

    def test_is_refused_if_two_accounts_have_the_address(self):
        User.objects.create_user("ana2", "ana@news.example.org", is_staff=True)
        self.assert_told(self.log_in(), "Several accounts")

    def test_is_refused_to_an_address_that_only_looks_alike_in_capitals(self):
        """PostgreSQL finds “ı” and “ſ” where it is asked for “i” and “s” in any case."""
        User.objects.filter(pk=self.ana.pk).update(email="iris@news.example.org")
        for address in ("\u0131ris@news.example.org", "iri\u017f@news.example.org"):
            self.provider.claims |= {"email": address}
            self.assert_told(self.log_in(), "no account at this desk for you")

    def test_of_an_account_that_was_shut_since_is_refused_and_ends(self):
        self.log_in()
        self.assertEqual(self.client.get(DESK).status_code, 200)
        self.ana.refresh_from_db()
        self.ana.is_active = False
        self.ana.save()
        self.assertEqual(self.client.get(DESK).status_code, 302)
        self.client.cookies.clear()
        self.assert_told(self.log_in(), "no account at this desk for you")

    def test_is_not_begun_by_another_site_and_leads_to_none(self):
        asked = self.client.get(TO, headers={"sec-fetch-site": "cross-site"})
        self.assertEqual(asked["Location"], LOG_IN)
        self.assertEqual(self.log_in(next="https://evil.example/")["Location"], DESK)

    def test_is_stopped_where_it_is_asked_for_too_often(self):
        provider_view.BRAKE = type(provider_view.BRAKE)(at_once=1, seconds=60)
        self.client.get(TO)
        for address in (TO, END):
            self.assert_told(self.client.get(address), "too often")

    def test_is_not_there_without_the_setting(self):
        self.say(OIDC_ISSUER="")
        self.assertNotContains(self.client.get(LOG_IN), "data-provider")
        for address in (TO, BACK, END):
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_ends_at_the_provider_too_if_one_wants(self):
        self.log_in()
        self.assertContains(self.client.post(reverse("admin:logout")), "still logged in at Paper ID")
        self.assertEqual(
            self.client.get(END)["Location"], f"{self.provider.issuer}/end?client_id={CLIENT_ID}"
        )
        self.client.force_login(self.ana)
        self.assertNotContains(self.client.post(reverse("admin:logout")), "Paper ID")


class AnswersTest(ProviderCase):
    """Each of these has one thing wrong."""

    def assert_not_taken(self, **claims):
        self.provider.claims |= claims
        self.assert_told(self.log_in(), "was not taken")

    def test_signed_with_another_key(self):
        other = ECKey.generate_key("P-256")
        self.provider.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": "first"}, claims, other)
        self.assert_not_taken()

    def test_signed_with_a_key_that_the_provider_does_not_have(self):
        other = ECKey.generate_key("P-256")
        self.provider.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": "other"}, claims, other)
        self.assert_not_taken()

    def test_signed_by_nobody(self):
        for algorithm in ("none", "None", "NONE"):
            with self.subTest(algorithm):
                parts = [as_text(json.dumps({"alg": algorithm, "kid": "first"}).encode())]
                self.provider.sign = lambda claims, parts=parts: ".".join(
                    [*parts, as_text(json.dumps(claims).encode()), ""]
                )
                self.provider.metadata = {"id_token_signing_alg_values_supported": [algorithm, "ES256"]}
                provider.fresh_client.cache_clear()
                self.assert_not_taken()

    def test_signed_with_what_others_know(self):
        """HMAC with the public key, or with the client's secret, for a provider that offers that."""
        self.provider.metadata = {"id_token_signing_alg_values_supported": ["HS256", "ES256"]}
        head = as_text(json.dumps({"alg": "HS256", "kid": "first"}).encode())
        for secret in (self.provider.key.as_pem(private=False), CLIENT_SECRET.encode()):
            with self.subTest(secret):

                def sign(claims, secret=secret):
                    signed = f"{head}.{as_text(json.dumps(claims).encode())}"
                    return f"{signed}.{as_text(hmac.digest(secret, signed.encode(), 'sha256'))}"

                self.provider.sign = sign
                self.assert_not_taken()

    def test_changed_after_it_was_signed(self):
        def change(claims):
            head, _, signature = self.provider.signed(claims).split(".")
            return f"{head}.{as_text(json.dumps(claims | {'sub': 'b-8'}).encode())}.{signature}"

        self.provider.sign = change
        self.assert_not_taken()

    def test_with_another_nonce(self):
        self.assert_not_taken(nonce="of another log-in")

    def test_without_a_nonce(self):
        self.provider.sign = lambda claims: self.provider.signed(
            {name: value for name, value in claims.items() if name != "nonce"}
        )
        self.assert_not_taken()

    def test_for_somebody_else(self):
        for audience in ("another", ["another"], ["another", "and another"]):
            with self.subTest(audience):
                self.assert_not_taken(aud=audience)
                self.assert_not_taken(aud=audience, azp=CLIENT_ID)

    def test_for_us_and_used_by_somebody_else(self):
        self.assert_not_taken(aud=[CLIENT_ID, "another"], azp="another")

    def test_of_another_provider(self):
        self.assert_not_taken(iss="https://evil.example")

    def test_that_has_expired_or_is_of_the_future(self):
        now = int(time.time())
        self.assert_not_taken(exp=now - 90)
        self.assert_not_taken(exp=now + 300, iat=now + 600)

    def test_without_a_token(self):
        for token in (None, "", "x", "a.b.c"):
            with self.subTest(token):
                self.provider.sign = lambda claims, token=token: token
                self.assert_not_taken()

    def test_that_comes_twice(self):
        back = self.begun()
        self.client.get(back)
        self.assert_in()
        self.client.logout()
        self.assert_told(self.client.get(back), "not begun here")

    def test_with_a_code_that_was_used(self):
        back = self.begun()
        code = dict(parse_qsl(urlsplit(back).query))["code"]
        self.client.get(back)
        self.client.logout()
        state = dict(parse_qsl(urlsplit(self.client.get(TO)["Location"]).query))["state"]
        self.assert_told(self.client.get(BACK, {"code": code, "state": state}), "was not taken")
        self.assertIn("invalid_grant", AuditEntry.objects.get(kind="refused").detail)

    def test_that_belongs_to_another_browser(self):
        self.assert_told(self.client.get(self.begun(Client())), "not begun here")

    def test_in_which_the_provider_refuses(self):
        state = dict(parse_qsl(urlsplit(self.client.get(TO)["Location"]).query))["state"]
        refused = self.client.get(BACK, {"error": "access_denied", "state": state})
        self.assert_told(refused, "was not taken")
        self.assertContains(self.client.get(BACK, {"error": "x"}, follow=True), "not begun here")
        self.assertEqual(AuditEntry.objects.filter(kind="refused").count(), 1)

    def test_of_nobody_because_the_provider_is_away(self):
        back = self.begun()
        self.say(OIDC_ISSUER="http://127.0.0.1:1")
        with self.assertLogs("articles", "WARNING"):
            self.assert_told(self.client.get(TO), "Paper ID does not answer at the moment")
            self.assert_told(self.client.get(back), "Paper ID does not answer at the moment")
        self.say(OIDC_ISSUER=f"{self.provider.issuer}/")
        self.assert_told(self.client.get(TO), "was not taken")


class SecondFactorTest(ProviderCase):
    def code(self):
        return {"second_step": "1", "second_code": f"{totp(bytes.fromhex(KEY)):06}", "next": DESK}

    def test_is_asked_for_after_the_provider(self):
        TOTPDevice.objects.create(user=self.ana, key=KEY)
        asked = self.log_in(next=f"{DESK}articles/")
        self.assertIsNone(self.who())
        page = self.client.get(asked["Location"])
        self.assertContains(page, "type the code that your app shows now")
        sent = login_form(page) | self.code() | {"next": f"{DESK}articles/"}
        self.assertRedirects(
            self.client.post(LOG_IN, sent), f"{DESK}articles/", fetch_redirect_response=False
        )
        self.assert_in()
        self.assertEqual(AuditEntry.objects.get(kind="log_in").detail, "with single sign-on and code")

    def test_is_set_up_by_whoever_must_have_one(self):
        with override_settings(SECOND_FACTOR_FOR=frozenset({"everybody"})):
            page = self.client.get(self.log_in()["Location"])
        self.assertIsNone(self.who())
        self.assertContains(page, "your role needs a second factor")

    def test_of_the_provider_counts_only_if_the_operator_trusts_it(self):
        TOTPDevice.objects.create(user=self.ana, key=KEY)
        self.provider.claims |= {"amr": ["pwd", "mfa"], "acr": "gold"}
        self.log_in()
        self.assertIsNone(self.who())
        for trusted in ("mfa", "gold"):
            with self.subTest(trusted), override_settings(SECOND_FACTOR_FOR=frozenset({"everybody"})):
                self.say(OIDC_SECOND_FACTOR=frozenset({trusted}))
                self.log_in()
                self.assert_in()
                self.assertEqual(self.client.get(DESK).status_code, 200)
                self.client.logout()
        self.say(OIDC_SECOND_FACTOR=frozenset({"mfa"}))
        self.provider.claims |= {"amr": ["pwd"], "acr": ["mfa"]}
        self.log_in()
        self.assertIsNone(self.who())


class GroupsTest(ProviderCase):
    def setUp(self):
        super().setUp()
        self.say(OIDC_GROUPS={"writers": "Editors", "heads": "Publishers"})
        self.ana.groups.set(Group.objects.filter(name__in=["Publishers", "Administrators"]))

    def names(self, person):
        return set(person.groups.values_list("name", flat=True))

    def test_of_the_mapping_are_those_of_the_provider_and_others_stay(self):
        self.provider.claims["groups"] = ["writers", "cooks", 7]
        self.log_in()
        self.assert_in()
        self.assertEqual(self.names(self.ana), {"Editors", "Administrators"})
        self.assertTrue(
            AuditEntry.objects.filter(kind="rights", detail__contains="taken groups: Publishers").exists()
        )
        self.client.logout()
        del self.provider.claims["groups"]
        self.log_in()
        self.assertEqual(self.names(self.ana), {"Administrators"})

    def test_make_an_account_of_whoever_is_in_one(self):
        names = {"preferred_username": "ana", "given_name": "Ben\x00", "family_name": "Okri"}
        self.provider.claims = {
            "sub": "b-8",
            "email": "ben@news.example.org",
            "email_verified": True,
            **names,
        }
        self.assert_told(self.log_in(), "no account at this desk for you")
        self.provider.claims["groups"] = ["heads"]
        self.log_in()
        ben = User.objects.get(email="ben@news.example.org")
        self.assert_in(ben)
        self.assertEqual((ben.username, ben.get_full_name()), ("ben@news.example.org", "Ben Okri"))
        self.assertTrue(ben.is_staff and not ben.is_superuser and not ben.has_usable_password())
        self.assertEqual(self.names(ben), {"Publishers"})

    def test_make_no_second_account_of_one_that_was_shut(self):
        for number, shut in enumerate(({"is_active": False}, {"is_staff": False})):
            User.objects.filter(pk=self.ana.pk).update(is_active=True, is_staff=True)
            User.objects.filter(pk=self.ana.pk).update(**shut)
            self.provider.claims |= {"sub": f"s-{number}", "groups": ["heads"]}
            self.assert_told(self.log_in(), "no account at this desk for you")
        self.assertEqual(User.objects.filter(email__iexact="ana@news.example.org").count(), 1)

    def test_make_no_account_with_a_name_that_none_can_have(self):
        self.provider.claims |= {"email": "no address", "groups": ["heads"], "preferred_username": "<b>"}
        self.assert_told(self.log_in(), "no account at this desk for you")


class InPlaceTest(ProviderCase):
    def test_nothing_typed_is_lost(self):
        article = make.article(section=make.section("World"), headline="As saved")
        self.client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        self.client.force_login(self.ana)
        page = self.client.get(change_address(article))
        sent = fields(page, headline="As typed") | {"csrfmiddlewaretoken": page.context["csrf_token"]}
        self.client.cookies.pop("sessionid")
        asked = self.client.post(change_address(article), sent)
        self.assertContains(asked, f'href="{TO}?beside" target="_blank"')
        done = self.client.get(self.log_in(beside="")["Location"])
        self.assertContains(done, "Go back to the page on which you were writing")
        # “Go on”, without a name and a password.
        back = self.client.post(change_address(article), login_form(asked))
        self.assertContains(back, "not saved yet")
        self.assertEqual(fields(back)["headline"], "As typed")

    def test_the_log_in_over_a_form_with_files_goes_on_without_a_password(self):
        self.log_in()
        self.assertRedirects(self.client.post(LOG_IN, {"username": "", "password": ""}), DESK)


class CommandTest(ProviderCase):
    def run_command(self, *words):
        call_command("single_sign_on", *words, stdout=(out := io.StringIO()))
        return out.getvalue()

    def test_links_and_unlinks(self):
        self.assertIn("is not linked", self.run_command("ana"))
        self.run_command("ana", "--subject", "a-7")
        self.provider.claims = self.provider.user_info = {"sub": "a-7"}
        self.log_in()
        self.assert_in()
        self.assertIn("a-7", self.run_command("ana"))
        self.run_command("ana", "--forget")
        self.assertFalse(ProviderAccount.objects.exists())

    def test_says_what_it_cannot_do(self):
        make.editor("ben")
        self.run_command("ana", "--subject", "a-7")
        for words in (["nobody"], ["ben", "--subject", "a-7"]):
            with self.assertRaises(CommandError):
                self.run_command(*words)
        self.say(OIDC_ISSUER="")
        with self.assertRaises(CommandError):
            self.run_command("ana")


class DoctorTest(ProviderCase):
    def test_says_whether_the_provider_can_be_used(self):
        self.assertEqual(list(single_sign_on()), [])
        self.say(OIDC_GROUPS={"heads": "Heads"})
        self.assertIn("'Heads', which is no group", next(single_sign_on()).sentence)
        self.say(OIDC_ISSUER=f"{self.provider.issuer}/")
        self.assertIn(f"write OIDC_ISSUER={self.provider.issuer}", next(single_sign_on()).sentence)
        self.say(OIDC_ISSUER="http://127.0.0.1:1")
        with self.assertLogs("articles", "WARNING"):
            self.assertIn("Nobody can log in with the provider", next(single_sign_on()).sentence)
        self.say(OIDC_ISSUER="")
        self.assertEqual(list(single_sign_on()), [])
