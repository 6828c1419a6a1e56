#!/usr/bin/env python3
"""Checks access tokens as a publisher's own code would: with PyJWT, which shares nothing with the product, and without
asking anybody but the file of keys.

    checks/access_token.py KEYS TOKEN AUDIENCE

KEYS is the answer of /.well-known/jwks.json in a file. Accepts the token, then makes every forgery it can think of out of
it and sees that each is refused. Prints one JSON object and exits 1 if anything is not as it must be:

    {"claims": {}, "refused": {"tampered": "InvalidSignatureError"}, "per_second": 6100, "problems": []}
"""

import base64
import json
import sys
import time

try:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec
except ImportError:
    sys.exit("access_token: pip install -r checks/requirements.txt")


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def decode(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def main(path, token, audience):
    with open(path, "rb") as file:
        keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(json.load(file)).keys}

    def verify(token, audience=audience, **options):
        header = jwt.get_unverified_header(token)
        key = keys.get(header.get("kid"))
        if key is None:
            raise jwt.InvalidKeyError("no such key")
        return jwt.decode(
            token, key, algorithms=["ES256"], audience=audience, leeway=60,
            options={"require": ["exp", "iat", "iss", "aud", "jti"], **options})

    claims = verify(token)
    head, body, signature = token.split(".")
    header, payload = decode(head), decode(body)
    problems = []
    lifetime = claims["exp"] - claims["iat"]
    if not 0 < lifetime <= 900:
        problems.append(f"a token lasts {lifetime} seconds")

    stranger = ec.generate_private_key(ec.SECP256R1())
    secret = json.dumps(sorted(keys)).encode().ljust(32, b"x")
    forgeries = {
        "tampered": (f"{head}.{encode({**payload, 'gates': ['everything']})}.{signature}", audience),
        "made longer": (f"{head}.{encode({**payload, 'exp': payload['exp'] + 3_600})}.{signature}", audience),
        "alg none": (f"{encode({**header, 'alg': 'none'})}.{body}.", audience),
        "alg none, signed": (f"{encode({**header, 'alg': 'none'})}.{body}.{signature}", audience),
        "alg HS256": (jwt.encode(payload, secret, "HS256", {"kid": header["kid"]}), audience),
        "another kid": (f"{encode({**header, 'kid': 'x'})}.{body}.{signature}", audience),
        "another's key": (jwt.encode(payload, stranger, "ES256", {"kid": header["kid"]}), audience),
        "another audience": (token, audience + ".example"),
        "cut off": (token[:-2], audience),
    }
    refused = {}
    for name, (forged, wanted) in forgeries.items():
        try:
            verify(forged, wanted)
            problems.append(f"accepted: {name}")
        except jwt.PyJWTError as error:
            refused[name] = type(error).__name__
    # Expiry by the clock, on the real signature.
    try:
        jwt.decode(
            token, keys[header["kid"]], algorithms=["ES256"], audience=audience, leeway=-(lifetime + 1),
            options={"verify_iat": False, "verify_nbf": False})
        problems.append("accepted after its end")
    except jwt.ExpiredSignatureError:
        refused["after its end"] = "ExpiredSignatureError"

    start, count = time.monotonic(), 0
    while time.monotonic() - start < 0.5:
        verify(token)
        count += 1
    print(json.dumps({
        "claims": claims, "refused": refused, "per_second": round(count / (time.monotonic() - start)),
        "problems": problems,
    }))
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
