"""A store that speaks S3, on this computer: moto's server, in threads of the process that asks for it."""

import itertools

import boto3

from .process import free_port

KEY = {"KEY_ID": "a-key", "SECRET": "a-secret"}
numbers = itertools.count(1)


class Store:
    def __init__(self):
        # It takes two seconds to load, which only who asks for a store need wait for.
        from moto.server import ThreadedMotoServer

        self.port = free_port()
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.server.start()
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY["KEY_ID"],
            aws_secret_access_key=KEY["SECRET"],
        )
        return self

    def stop(self):
        self.server.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def new_bucket(self):
        name = f"pictures-{next(numbers)}"
        self.client.create_bucket(Bucket=name)
        return name

    def names(self, bucket):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return {each["Key"] for page in pages for each in page.get("Contents", ())}

    def settings(self, **more):
        """What PICTURE_STORE in the settings says of two new buckets."""
        masters, renditions = self.new_bucket(), self.new_bucket()
        where = {"ENDPOINT": self.endpoint, "REGION": "us-east-1", **KEY}
        return {"BUCKET": renditions, "MASTERS_BUCKET": masters, **where, **more}
