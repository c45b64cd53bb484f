"""Verify an export of a Kenes record, and receipts against it: python verify_record.py EXPORT [RECEIPT...]"""

import base64
import json
import sys
from datetime import datetime, timedelta
from functools import reduce
from hashlib import sha256, sha512  # Ed25519 as in RFC 8032, the tree as in RFC 9162

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, R = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def recover(raw):  # a point (x, y) from its 32 bytes
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * R % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point")
    return (P - x if x & 1 != sign else x), y


def add(p, q):
    (a, b), (c, d) = p, q
    k = D * a * b * c * d
    return (a * d + b * c) * pow(1 + k, -1, P) % P, (b * d + a * c) * pow(1 - k, -1, P) % P


def times(number, point):
    even = times(number >> 1, add(point, point)) if number else (0, 1)
    return add(even, point) if number & 1 else even


BASE = recover((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(signed):
    try:
        key, signature = base64.b64decode(signed["public_key"]), base64.b64decode(signed["signature"])
        s, half = int.from_bytes(signature[32:], "little"), signature[:32]
        digest = int.from_bytes(sha512(half + key + signed["statement"].encode()).digest(), "little") % Q
        return s < Q and times(s, BASE) == add(recover(half), times(digest, recover(key)))
    except ValueError:
        return False


def root_of(edge):  # the edge: (level, hash) of complete subtrees, the largest first
    hashes = [part for _, part in edge] or [sha256(b"").digest()]
    return reduce(lambda root, left: sha256(b"\x01" + left + root).digest(), hashes[::-1]).hex()


def verify(lines, receipts):
    edge, size, places, roots, keys, last = [], 0, {}, {}, set(), None
    for line in map(json.loads, filter(str.strip, lines)):
        if line["type"] == "leaf":
            if line["index"] != size:
                yield f"leaf {line['index']} stands where leaf {size} belongs"
            if last and json.loads(line["body"])["logged"] < (last - timedelta(minutes=5)).isoformat():
                yield f"leaf {size} is back-dated"
            level, found = 0, sha256(b"\x00" + line["body"].encode()).digest()
            places[found.hex()], size = size, size + 1
            while edge and edge[-1][0] == level:
                level, found = level + 1, sha256(b"\x01" + edge.pop()[1] + found).digest()
            edge.append((level, found))
        roots[size] = root_of(edge)
        if line["type"] == "head":
            head, keys = json.loads(line["statement"]), keys | {line["public_key"]}
            if not is_signed(line) or head["what"] != "kenes tree head":
                yield f"head of {head['size']}: the signature is wrong"
            if (head["size"], head["root"]) != (size, roots[size]):
                yield f"head of {head['size']}: the leaves before it are not those it was signed over"
            last, before = datetime.fromisoformat(head["at"]), last
            if before and last < before:
                yield f"head of {head['size']}: signed before the one before it"
    print(f"{size} leaves; keys:", *(sha256(base64.b64decode(key)).hexdigest() for key in sorted(keys)))
    for given in receipts:
        signed, opening = given.get("receipt", given), given.get("opening") or {}
        leaf, said = given.get("leaf", "").encode(), json.loads(signed["statement"])
        opened = bytes.fromhex(opening.get("nonce", "")) + opening.get("text", "").encode()
        is_receipt = said["what"] == "kenes receipt"  # else it is a head that somebody kept
        top = (given.get("inclusion") or {}).get("head") if is_receipt else signed
        head = json.loads(top["statement"]) if top else {}
        faults = {
            "not signed by a key of this log": not is_signed(signed) or signed["public_key"] not in keys,
            "what it was given for was dropped or altered": is_receipt and said["leaf"] not in places,
            "the entry in it is another": leaf and sha256(b"\x00" + leaf).hexdigest() != said["leaf"],
            "the text in it is another": opened and sha256(opened).hexdigest().encode() not in leaf,
            "its head is not the log's": top and not (is_signed(top) and top["public_key"] in keys),
            "the log was rewritten since": top and roots.get(head["size"]) != head["root"],
        }
        yield from (f"{said.get('code', 'head')}: {fault}" for fault, is_true in faults.items() if is_true)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as export:
        faults = list(verify(export, [json.load(open(name, encoding="utf-8")) for name in sys.argv[2:]]))
    print(*faults, "The record does not hold." if faults else "The record holds.", sep="\n")
    sys.exit(bool(faults))
