"""Makes with boto3 the calls that it reads, each a line of JSON, and prints what becomes of each, in a line of JSON."""

import datetime
import functools
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError


@functools.cache
def client(service, attempts, credentials):
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    retries = {"mode": "standard", "total_max_attempts": attempts}
    return boto3.client(service, config=Config(retries=retries), **dict(zip(names, credentials)))


def perform(service, operation, parameters, attempts=1, credentials=(), paginate=False):
    connection = client(service, attempts, tuple(credentials))
    method = xform_name(operation)
    if paginate:
        return list(connection.get_paginator(method).paginate(**parameters))
    return getattr(connection, method)(**parameters)


def outcome(call):
    try:
        return {"answer": perform(**call)}
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return {"error": {**error.response["Error"], "status": status, "type": type(error).__name__}}
    except BotoCoreError as error:
        return {"error": {"Code": type(error).__name__, "Message": str(error)}}


def written(value):
    if isinstance(value, datetime.datetime):
        return {"datetime": value.isoformat()}
    raise TypeError(f"{type(value)} has no JSON")


for line in sys.stdin:
    print(json.dumps(outcome(json.loads(line)), default=written), flush=True)
