import os
import threading
import unittest
from unittest import mock

from django.db import connection
from django.test import Client, TestCase, TransactionTestCase

from articles.images import ROLES, renditions_for
from articles.picture_files import is_on_disk, masters, renditions
from articles.publishing import renditions as files
from tests import factories


def address_of(image, *, role="thumb", number=0):
    return "/media/" + renditions_for(image.source, [ROLES[role]])[number].path


class RenditionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.image = factories.image(width=400, height=300)

    def test_is_made_on_first_request_and_kept_for_ever(self):
        address = address_of(self.image)
        path = address.removeprefix("/media/")
        self.assertFalse(renditions().exists(path))
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response["Content-Type"], "image/avif")
        self.assertEqual(response["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertTrue(renditions().exists(path))
        self.assertEqual(self.client.get(address).content, response.content)

    def test_is_not_sent_again_to_who_has_it(self):
        address = address_of(self.image)
        etag = self.client.get(address)["ETag"]
        self.assertEqual(self.client.get(address, headers={"if-none-match": etag}).status_code, 304)

    def test_no_other_size_and_no_other_signature_is_made(self):
        address = address_of(self.image)
        folder, _, name = address.rpartition("/")
        for wrong in (
            f"{folder}/121x91.avif",
            f"{folder}/9000x9000.avif",
            f"{folder}/{name[:-5]}.png",
            folder[:-1] + ("A" if folder[-1] != "A" else "B") + "/" + name,
            f"{folder}/../{name}",
            f"{folder}/{name}/",
        ):
            with self.subTest(wrong):
                self.assertEqual(self.client.get(wrong).status_code, 404)

    def test_of_a_master_that_is_gone_is_not_found(self):
        lost = factories.image(width=400, height=300)
        masters().delete(lost.file.name)
        self.assertEqual(self.client.get(address_of(lost)).status_code, 404)

    @unittest.skipUnless(is_on_disk(masters()), "a store has no folders")
    def test_of_a_master_that_cannot_be_read_is_not_found(self):
        locked = factories.image(width=400, height=300)
        masters().delete(locked.file.name)
        os.mkdir(masters().path(locked.file.name))
        self.assertEqual(self.client.get(address_of(locked)).status_code, 404)

    def test_takes_one_query_and_no_page(self):
        with self.assertNumQueries(1):
            self.client.get(address_of(self.image, number=1))
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/media/renditions/nothing").status_code, 404)


class ManyAskAtOnceTests(TransactionTestCase):
    def test_it_is_made_once(self):
        # A picture of its own: files outlive the rows of other tests, and with them the numbers.
        image = factories.image(width=611, height=401, seed=611)
        address, made, answers = address_of(image, role="portrait"), [], []

        def counted(*args):
            made.append(args)
            return encode_all(*args)

        def ask():
            answers.append(Client().get(address).status_code)
            connection.close()

        encode_all = files.encode_all
        with mock.patch.object(files, "encode_all", counted):
            threads = [threading.Thread(target=ask) for _ in range(10)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(answers, [200] * 10)
        self.assertEqual(len(made), 1)
