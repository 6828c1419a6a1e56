// Earning without saying who earns: an event is reported by nobody, and what it is worth comes back as tokens that the server
// signed without seeing them (RFC 9474, RSABSSA-SHA384-PSS-Deterministic). This device keeps them, and brings them a day or more
// later, together and shuffled, to be credited to its member by kind and day. Needs a secure context; no cookie, no dependency.
// BigInt is not constant-time: it handles this reader's own secrets on this reader's own device, and no more is claimed.

const bytes = { hash: 48, salt: 48, nonce: 32 };
const day = 86400000;

export const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
export const encode = (octets) => btoa(String.fromCharCode(...octets));
const number = (octets) => BigInt("0x" + Array.from(octets, (one) => one.toString(16).padStart(2, "0")).join(""));
function octets(value, length) {
  const text = value.toString(16).padStart(length * 2, "0");
  return Uint8Array.from({ length }, (_, index) => parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const hash = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-384", joined(...parts)));

function power(base, exponent, modulus) {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

/** The inverse of `value`, or null where there is none. */
function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 0n) {
    const quotient = b / a;
    [a, b] = [b - quotient * a, a];
    [x, y] = [y - quotient * x, x];
  }
  return b === 1n ? ((y % modulus) + modulus) % modulus : null;
}

/** EMSA-PSS-ENCODE (RFC 8017, 9.1.1) with SHA-384, for a modulus of `bits` bits. */
async function pss(message, salt, bits) {
  const length = Math.ceil((bits - 1) / 8);
  const digest = await hash(new Uint8Array(8), await hash(message), salt);
  const block = joined(new Uint8Array(length - salt.length - bytes.hash - 2), [1], salt);
  for (let counter = 0, place = 0; place < block.length; counter++) {
    for (const one of await hash(digest, octets(BigInt(counter), 4))) if (place < block.length) block[place++] ^= one;
  }
  block[0] &= 0xff >> (8 * length - (bits - 1));
  return joined(block, digest, [0xbc]);
}

/** A public key as the server gives it: a SubjectPublicKeyInfo in base 64. */
export async function publicKey(spki) {
  const key = await crypto.subtle.importKey("spki", decode(spki), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", key);
  const modulus = number(decode(n));
  return { key, n: modulus, e: number(decode(e)), bits: modulus.toString(2).length };
}

/** Blind (RFC 9474, 4.2). `salt` and `factor` are random; tests fix them. */
export async function blind({ n, e, bits }, message, salt = random(bytes.salt), factor) {
  const length = Math.ceil(bits / 8);
  const encoded = number(await pss(message, salt, bits));
  if (inverse(encoded, n) === null) throw new Error("invalid input");
  let undo = null;
  while (undo === null) {
    const drawn = factor ?? number(random(length));
    if (drawn > 0n && drawn < n) undo = inverse(drawn, n);
    if (undo !== null) return { blinded: octets((encoded * power(drawn, e, n)) % n, length), inverse: undo };
    if (factor !== undefined) throw new Error("blinding error");
  }
}

/** Finalize (RFC 9474, 4.4): the signature over `message`, or an error if the server did not sign what it was sent. */
export async function finalize({ key, n, bits }, message, signed, undo) {
  const signature = octets((number(signed) * undo) % n, Math.ceil(bits / 8));
  const isValid = await crypto.subtle.verify({ name: "RSA-PSS", saltLength: bytes.salt }, key, signature, message);
  if (!isValid) throw new Error("invalid signature");
  return signature;
}

/** Fisher and Yates, from the browser's own randomness. */
export function shuffled(list) {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    // Of 32 bits: the bias of a remainder is below one in a hundred million.
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

/** Tokens in this site's IndexedDB: key, nonce, signature, when they may go, and for whom of this device. */
export class Tokens {
  async #run(mode, work) {
    this.base ??= await new Promise((resolve, reject) => {
      const request = indexedDB.open("stamgast-earn", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("tokens", { keyPath: "nonce" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return new Promise((resolve, reject) => {
      const transaction = this.base.transaction("tokens", mode);
      const request = work(transaction.objectStore("tokens"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
  add(token) { return this.#run("readwrite", (store) => store.put(token)); }
  all() { return this.#run("readonly", (store) => store.getAll()); }
  remove(nonce) { return this.#run("readwrite", (store) => store.delete(nonce)); }
}

const seconds = () => new Promise((resolve) => setTimeout(resolve, 5000 + Math.random() * 115000));

/** For one member of this device. `clock` gives milliseconds, `pause` is waited for before tokens are brought. */
export class Earner {
  constructor({ server = "", key, owner, pass, tokens = new Tokens(), clock = Date.now, pause = seconds, chance = Math.random }) {
    Object.assign(this, { server, key, owner, pass, tokens, clock, pause, chance });
  }

  #post(path, body, keepalive) {
    const headers = { authorization: "Bearer " + this.key, "content-type": "application/json" };
    const options = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", keepalive, headers, body: JSON.stringify(body) };
    return fetch(this.server + path, options);
  }

  /** Blinds a message for everything that an event of this type can be worth; false where it is earned the identified way. */
  async prepare(type) {
    const headers = { authorization: "Bearer " + this.key };
    const answer = await fetch(this.server + "/v1/anonymous/keys", { credentials: "omit", referrerPolicy: "no-referrer", headers });
    if (!answer.ok) return false;
    const offer = await answer.json();
    const found = offer.types.find((one) => one.type === type);
    this.ready = null;
    if (found?.by !== "tokens") return false;
    const parts = [];
    for (const { id, spki } of found.keys) {
      const [key, nonce] = [await publicKey(spki), random(bytes.nonce)];
      parts.push({ id, key, nonce, ...(await blind(key, nonce)) });
    }
    this.ready = { type, until: Date.parse(offer.until), parts };
    return true;
  }

  /** Reports an event. False where the page has to send the member's own event instead. */
  async report(type, data, isAgain = false) {
    const isReady = this.ready?.type === type && this.clock() < this.ready.until;
    if (!isReady && !(await this.prepare(type))) return false;
    const { parts, until } = this.ready;
    this.ready = null;
    const blinded = Object.fromEntries(shuffled(parts).map((part) => [part.id, encode(part.blinded)]));
    const response = await this.#post("/v1/anonymous/events", { type, data, blinded }, true);
    if (!response.ok) throw new Error("not reported: " + response.status);
    const answer = await response.json();
    if (answer.status === "outdated" && !isAgain) return this.report(type, data, true);
    if (answer.status === "identified" || answer.status === "outdated") return false;
    for (const part of parts) {
      const signed = answer.signatures?.[part.id];
      if (!signed) continue;
      const signature = await finalize(part.key, part.nonce, decode(signed), part.inverse);
      // Not before the day is over, and then at an hour that has nothing to do with this one.
      const due = until + Math.floor(this.chance() * (day / 2));
      await this.tokens.add({ key: part.id, nonce: encode(part.nonce), signature: encode(signature), due, owner: this.owner });
    }
    return true;
  }

  /** Brings what is due, together and shuffled; the answers, or null where nothing is due or nobody answered. */
  async redeem() {
    await this.pause();
    const due = (await this.tokens.all()).filter((one) => one.owner === this.owner && one.due <= this.clock());
    const batch = shuffled(due).slice(0, 50);
    if (batch.length === 0) return null;
    const tokens = batch.map(({ key, nonce, signature }) => ({ key, nonce, signature }));
    const response = await this.#post("/v1/members/me/tokens", { pass: this.pass, tokens });
    if (!response.ok) return null;
    const answer = await response.json();
    // Credited, spent before or refused: none of them is of any more use.
    for (const { nonce } of batch) await this.tokens.remove(nonce);
    return answer;
  }
}
