#!/usr/bin/env node
// Does the page's module blind, unblind and verify as RFC 9474 says? `checks/blind_vectors.mjs VECTORS.json`
//
// VECTORS.json holds the test vectors of the RFC's appendix A as swift-crypto has them: a list of objects with name, n, e, d, msg,
// salt, inv, blinded_msg, blind_sig and sig in hexadecimal digits. Only RSABSSA-SHA384-PSS-Deterministic is used here. Besides,
// with the key of the vector: blinding twice gives different messages, a forged answer is refused, shuffling keeps everything.
// Prints one JSON object; exits 1 when anything differs.

import { readFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";

const source = readFileSync(new URL("../Sources/Site/Resources/earn.js", import.meta.url));
const { blind, finalize, publicKey, shuffled } = await import("data:text/javascript;base64," + source.toString("base64"));

const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const hex = (octets) => Buffer.from(octets).toString("hex");
const problems = [];
const expect = (what, holds) => holds || problems.push(what);

const vector = JSON.parse(readFileSync(process.argv[2], "utf8")).find((one) => one.name === "RSABSSA-SHA384-PSS-Deterministic");
const jwk = { kty: "RSA", n: Buffer.from(vector.n, "hex").toString("base64url"), e: Buffer.from(vector.e, "hex").toString("base64url") };
const spki = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "der" }).toString("base64");
const key = await publicKey(spki);
const [message, salt] = [bytes(vector.msg), bytes(vector.salt)];

/** The factor of which the vector gives the inverse. */
function invert(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 0n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((y % modulus) + modulus) % modulus;
}
const factor = invert(BigInt("0x" + vector.inv), key.n);

const fixed = await blind(key, message, salt, factor);
expect("blinded_msg", hex(fixed.blinded) === vector.blinded_msg);
expect("inv", fixed.inverse === BigInt("0x" + vector.inv));
expect("sig", hex(await finalize(key, message, bytes(vector.blind_sig), fixed.inverse)) === vector.sig);

const forged = bytes(vector.blind_sig);
forged[100] ^= 1;
expect("a forged answer is taken", await finalize(key, message, forged, fixed.inverse).then(() => false, () => true));
const other = await blind(key, message);
expect("two blindings are alike", hex(other.blinded) !== hex((await blind(key, message)).blinded));
const list = Array.from({ length: 50 }, (_, index) => index);
expect("shuffling loses something", [...shuffled(list)].sort((a, b) => a - b).join() === list.join());

console.log(JSON.stringify({ vectors: 3, problems }));
process.exit(problems.length ? 1 : 0);
