#!/usr/bin/env python3
"""Reads a mail as Python's own e-mail package does, and says what it found: an oracle for Sources/Mail.

    mail_oracle.py FILE

Prints one JSON object; ends with 1 if the mail has a defect, a bare CR or LF, or a line that is too long.
"""
import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

raw = open(sys.argv[1], "rb").read()
mail = message_from_bytes(raw, policy=policy.default)
faults = [str(defect) for part in mail.walk() for defect in part.defects]
for name in mail.keys():
    faults += [f"{name}: {defect}" for defect in mail[name].defects]
rest = raw.replace(b"\r\n", b"")
if b"\r" in rest or b"\n" in rest:
    faults.append("a CR or an LF stands alone")
if any(len(line) > 998 for line in raw.split(b"\r\n")):
    faults.append("a line is too long (RFC 5322, section 2.1.1)")
sender = mail["From"].addresses[0]
print(json.dumps({
    "headers": sorted(mail.keys()),
    # The newer parser leaves a blank between two encoded words of a name (bpo-35547); RFC 2047, section 6.2, takes it out.
    "from_name": str(make_header(decode_header(parseaddr(message_from_bytes(raw)["From"])[0]))),
    "from": sender.addr_spec,
    "to": [address.addr_spec for address in mail["To"].addresses],
    "subject": str(mail["Subject"]),
    "id": mail["Message-ID"].strip(),
    "date": int(parsedate_to_datetime(mail["Date"]).timestamp()),
    "type": mail.get_content_type(),
    "parts": [[part.get_content_type(), part.get_content()] for part in mail.iter_parts()],
    "faults": faults,
}))
sys.exit(1 if faults else 0)
