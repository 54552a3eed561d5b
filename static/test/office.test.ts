import assert from "node:assert/strict";
import { createHash, X509Certificate, createPrivateKey, createVerify } from "node:crypto";
import { test } from "node:test";
import { base64, fromBase64, hex, join, utf8 } from "../src/office/bytes.ts";
import { canonical } from "../src/office/canonical.ts";
import { bits, flags, integer, moment, octets, oid, open, sequence, set } from "../src/office/der.ts";
import {
  decodeSecrets, encodePublic, encodeSecrets, isLocked, KeyFileError, lock, newSecrets, openKeyFile,
} from "../src/office/key-file.ts";
import { PreparedError, sign, signCertificate, signSheet } from "../src/office/signing.ts";
import { isName, readKey, requestFor, signWith, spkiOf } from "../src/office/x509.ts";

const VECTOR = "b8S/HuU07Dn/qjphkDmKdkwsVuQoS4w6TPsG9PiRTZcvdQ7s99cXlGCaW19ZPOV6EjHDiVd8WP4GAMg6oeA9Dw==";
const NAME = "某某社区居民委员会";
const secrets = await newSecrets("community", NAME, new Date("2026-11-24T08:00:00Z"));

test("numbers, flags and identifiers are spelt as X.690 shows them", () => {
  assert.equal(hex(integer(Uint8Array.of(0, 0, 0x80))), "02020080");
  assert.equal(hex(integer(Uint8Array.of(0))), "020100");
  assert.equal(hex(flags(0, 1)), "030206c0");
  assert.equal(hex(oid("1.2.840.113549.1.1.11")), "06092a864886f70d01010b");
  assert.equal(hex(bits(Uint8Array.of(7))), "03020007");
  assert.equal(new TextDecoder().decode(moment(new Date("2049-12-31T23:59:59Z")).slice(2)), "491231235959Z");
  assert.equal(new TextDecoder().decode(moment(new Date("2050-01-01T00:00:00Z")).slice(2)), "20500101000000Z");
});

test("a long value is opened as it was written", () => {
  const written = sequence(new Uint8Array(70000));
  assert.equal(hex(written.slice(0, 5)), "3083011170");
  assert.equal(open(written, 0x30).content.length, 70000);
  assert.throws(() => open(written, 0x31), TypeError);
});

test("records are written in one spelling", () => {
  assert.equal(canonical({ b: [1, null, true], a: "结\n果", A: {} }), '{"A":{},"a":"结\\n果","b":[1,null,true]}');
  assert.throws(() => canonical({ a: 0.5 }), TypeError);
});

test("a signature is the one that the command makes", () => {
  const made = sign(new Uint8Array(32).fill(1), "certificate/1", utf8('{"a":"结果"}'));
  assert.equal(base64(made), VECTOR);
});

test("a key file is read as it was written, with and without its lock", async () => {
  const plain = encodeSecrets(secrets);
  assert.deepEqual(decodeSecrets(plain), secrets);
  const locked = await lock(plain, "三个词的口令");
  assert.equal(isLocked(plain), false);
  assert.equal(isLocked(locked), true);
  assert.deepEqual(await openKeyFile(locked, "三个词的口令"), secrets);
  await assert.rejects(openKeyFile(locked, "别的口令"), (error) =>
    error instanceof KeyFileError && error.why === "wrong-passphrase");
});

for (const [what, change] of Object.entries({
  "another version": { version: 2 },
  "no office": { office: "owner" },
  "a key of another length": { signing: "00" },
  "a community without its key for named ballots": { hpke: null },
  "upper case": { signing: hex(secrets.signing).toUpperCase() },
})) {
  test(`no key file: ${what}`, () => {
    const fields = { ...JSON.parse(new TextDecoder().decode(encodeSecrets(secrets))), ...change };
    assert.throws(() => decodeSecrets(utf8(JSON.stringify(fields))), KeyFileError);
  });
}

test("the certificate is the office's own and signs documents", async () => {
  const found = new X509Certificate(secrets.x509);
  assert.equal(found.subject, `C=CN\nCN=${NAME}`);
  assert.equal(found.issuer, found.subject);
  assert.equal(found.verify(found.publicKey), true);
  assert.equal(found.ca, false);
  assert.equal(found.checkPrivateKey(createPrivateKey({ key: Buffer.from(secrets.x509Key), format: "der", type: "pkcs8" })), true);
  assert.equal(new Date(found.validFrom).toISOString(), "2026-11-24T08:00:00.000Z");
  assert.equal(found.publicKey.asymmetricKeyDetails?.modulusLength, 3072);
  const handed = JSON.parse(new TextDecoder().decode(await encodePublic(secrets)));
  assert.equal(handed.x509_sha256, createHash("sha256").update(secrets.x509).digest("hex"));
  assert.deepEqual(fromBase64(handed.x509), secrets.x509);
});

test("a request names the office", async () => {
  const spki = new Uint8Array(new X509Certificate(secrets.x509).publicKey.export({ type: "spki", format: "der" }));
  const pem = await requestFor(secrets, await readKey(secrets.x509Key));
  assert.deepEqual(new Uint8Array(spkiOf(secrets.x509)), spki);
  const { content } = open(fromBase64(pem.replace(/-----[A-Z ]+-----|\n/g, "")), 0x30);
  const said = open(content, 0x30);
  const signature = open(open(said.rest, 0x30).rest, 0x03).content.slice(1);
  const signed = content.slice(0, content.length - said.rest.length);
  const verify = createVerify("sha256").update(signed);
  assert.equal(verify.verify({ key: Buffer.from(spki), format: "der", type: "spki" }, signature), true);
});

test("a name is one line of at most 64 characters", () => {
  assert.equal(isName("社".repeat(64)), true);
  for (const name of ["", " 社", "社\n区", "社".repeat(65), "社\u3000区"]) assert.equal(isName(name), false, name);
});

const ROOM = 384 * 2;
function prepared(attributes: (digest: Uint8Array) => Uint8Array) {
  const write = (end: number, start: number) => utf8(`%PDF made up /ByteRange [0 ${end} ${start} 5] `);
  let head = write(10, 100);
  head = write(head.length, head.length + ROOM + 2);
  const pdf = join(head, utf8(`<${"0".repeat(ROOM)}>%%EOF`));
  const digest = createHash("sha256").update(head).update("%%EOF").digest();
  return { pdf, attributes: attributes(digest), place: head.length + 1 };
}
const dataType = sequence(oid("1.2.840.113549.1.9.3"), set(oid("1.2.840.113549.1.7.1")));
const digestOf = (digest: Uint8Array) => sequence(oid("1.2.840.113549.1.9.4"), set(octets(digest)));
const certificateOf = (x509: Uint8Array) =>
  sequence(oid("1.2.840.113549.1.9.16.2.47"), set(sequence(sequence(sequence(octets(createHash("sha256").update(x509).digest()))))));
const holding = (digest: Uint8Array) => set(dataType, digestOf(digest), certificateOf(secrets.x509));

test("a prepared PDF is signed where there is room for it", async () => {
  const given = prepared(holding);
  const signed = await signSheet(secrets, given);
  const made = hex(await signWith(await readKey(secrets.x509Key), given.attributes)).toUpperCase();
  assert.equal(new TextDecoder().decode(signed.slice(given.place, given.place + ROOM)), made);
  assert.equal(signed.length, given.pdf.length);
});

test("nothing is signed but the digest of the PDF at hand", async () => {
  const whole = prepared(holding);
  for (const given of [
    prepared((digest) => holding(digest.map((each) => each ^ 1))),
    { ...whole, pdf: join(whole.pdf, utf8("more")) },
    { ...whole, place: whole.place + 2 },
    { ...whole, pdf: utf8("no PDF") },
    // Another digest that counts, with this one beside it where no reader looks.
    prepared((digest) => set(dataType, digestOf(new Uint8Array(32)), certificateOf(secrets.x509), sequence(oid("1.2.3"), set(digestOf(digest))))),
    prepared((digest) => set(dataType, digestOf(digest), digestOf(new Uint8Array(32)))),
    prepared((digest) => set(dataType, digestOf(digest))),
    prepared((digest) => set(dataType, digestOf(digest), certificateOf(utf8("another")))),
    prepared((digest) => set(digestOf(digest), digestOf(digest), certificateOf(secrets.x509))),
    prepared((digest) => join(holding(digest), Uint8Array.of(0))),
    { ...whole, attributes: utf8("1") },
    { ...whole, place: 0 },
  ]) {
    await assert.rejects(signSheet(secrets, given), PreparedError);
  }
});

test("nothing is signed if something else than the signature were left uncovered", async () => {
  const whole = prepared(holding);
  const pdf = whole.pdf.slice();
  pdf[whole.place + ROOM - 1] = "/".charCodeAt(0);
  await assert.rejects(signSheet(secrets, { ...whole, pdf }), /uncovered/);
});

test("the words are signed with the office's own key", () => {
  const made = signCertificate(secrets, utf8("{}"));
  assert.equal(made.office, "community");
  assert.match(made.key, /^[0-9a-f]{64}$/);
  assert.equal(made.signature, base64(sign(secrets.signing, "certificate/1", utf8("{}"))));
});
