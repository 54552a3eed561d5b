import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeAgreement,
  decodeSignedAgreement,
  encodeAgreement,
  encodeSignedAgreement,
  signAgreement,
  verifyAgreement,
} from "../../src/crypto/agreement.ts";
import {
  deriveSecret,
  generateCredential,
  publicCredential,
  readCredential,
  requireCredential,
} from "../../src/crypto/credential.ts";
import {
  combineChecked,
  combinePublic,
  combineSecret,
  decodeEntry,
  provePart,
  requireCredentialOf,
  type Side,
  verifyEntry,
  verifyPart,
} from "../../src/crypto/credential-part.ts";
import { hexDigest, toUtf8 } from "../../src/crypto/encoding.ts";
import { MalformedError, VerificationError } from "../../src/crypto/errors.ts";
import { encodePoint, IDENTITY, ORDER } from "../../src/crypto/group.ts";
import { decodeProof, encodeProof, type ProofJson } from "../../src/crypto/proof.ts";
import { foreign, seeded, vectors } from "../vectors.ts";

interface PartVector {
  secret: string;
  public: string;
  seed: number;
  proof: ProofJson;
}
interface CredentialVectors {
  generated: { seed: number; credential: string };
  uuid: string;
  credential: string;
  letter: PartVector;
  platform: PartVector;
  public: string;
  agreement: { fingerprint: string; text: string; seed: number; signed: string };
}
const known = vectors<CredentialVectors>("credentials");
const { uuid, letter, platform } = known;
const outside = vectors<{ outside: string[] }>("group").outside;
const sides: [Side, PartVector][] = [["letter", letter], ["platform", platform]];

test("a credential is drawn as the other implementation draws it", () => {
  assert.equal(generateCredential(seeded(known.generated.seed)), known.generated.credential);
});

test("keys are derived as Belenios derives them", () => {
  type Derivation = { uuid: string; private: string; secret_scalar: string; public: string };
  const known = foreign<{ "credential derivation": Derivation }>("ballots/ed25519-known-answers.json");
  const given = known["credential derivation"];
  const secret = deriveSecret(given.uuid, given.private);
  assert.equal(secret, BigInt(given.secret_scalar));
  assert.equal(publicCredential(secret), given.public);
});

test("a credential is read however it was typed", () => {
  const typed = [
    "guyDu-tFHGuC-TAL8y-VqJfpp", "guyDutFHGuCTAL8yVqJfpp", " guyDu tFHGuC\tTAL8y\u3000VqJfpp\n",
    "guyDu—tFHGuC–TAL8y－VqJfpp", "guyDu−tFHGuC‐TAL8y_VqJfpp", "ｇｕｙＤｕ-ｔＦＨＧｕＣ-ＴＡＬ８ｙ-ＶｑＪｆｐｐ", "guy\u200bDutFHGuCTAL8yVqJfpp。",
  ];
  for (const text of typed) assert.equal(readCredential(text), "guyDu-tFHGuC-TAL8y-VqJfpp", text);
});

test("what is no credential is refused without being repeated", () => {
  const typed = [
    "", "guyDu-tFHGuC-TAL8y-VqJfp", "guyDu-tFHGuC-TAL8y-VqJfppp", "0uyDu-tFHGuC-TAL8y-VqJfpp", "Ouy1u-tFHGuC-TAL8y-VqJfpp",
    "guyDu-tFHGuC-TAL8y-VqJfp善",
  ];
  for (const text of typed) {
    assert.throws(
      () => readCredential(text),
      (error) => error instanceof MalformedError && (text === "" || !error.message.includes(text)),
    );
  }
  assert.throws(() => requireCredential("guyDutFHGuCTAL8yVqJfpp"), MalformedError);
  assert.throws(() => requireCredential(7), MalformedError);
});

test("parts are proved with the same bytes, and hold for their side and election alone", () => {
  assert.equal(deriveSecret(uuid, known.credential), BigInt(letter.secret));
  for (const [side, { secret, public: text, seed, proof }] of sides) {
    const part = provePart(uuid, side, BigInt(secret), seeded(seed));
    assert.deepEqual({ public: part.public, proof: encodeProof(part.proof) }, { public: text, proof });
    verifyPart(uuid, side, part);
    const other = side === "letter" ? "platform" : "letter";
    assert.throws(() => verifyPart(uuid, other, part), VerificationError);
    assert.throws(() => verifyPart("DQB53CqA1UtMwz", side, part), VerificationError);
    assert.throws(() => verifyPart(uuid, side, { ...part, public: encodePoint(IDENTITY) }), VerificationError);
    assert.throws(() => verifyPart(uuid, side, { ...part, public: outside[8]! }), VerificationError);
  }
  assert.throws(() => provePart(uuid, "letter", 0n, seeded(1)), VerificationError);
});

test("both parts make the credential, secret and public", () => {
  const secret = combineSecret(BigInt(letter.secret), BigInt(platform.secret));
  assert.equal(publicCredential(secret), known.public);
  assert.equal(combinePublic(letter.public, platform.public), known.public);
  assert.equal(combineChecked(BigInt(letter.secret), platform.secret, platform.public, known.public), secret);
  assert.equal(requireCredentialOf(secret, known.public), secret);
});

test("parts that do not make the credential make no key", () => {
  const [one, other] = [BigInt(letter.secret), platform.secret];
  assert.throws(() => combineChecked(one + 1n, other, platform.public, known.public), VerificationError);
  assert.throws(() => combineChecked(one, other, letter.public, known.public), VerificationError);
  assert.throws(() => combineChecked(one, other, platform.public, letter.public), VerificationError);
  assert.throws(() => combineChecked(one, `0${other}`, platform.public, known.public), MalformedError);
  assert.throws(() => combineChecked(one, String(ORDER), platform.public, known.public), MalformedError);
  const cancelling = String(ORDER - one);
  const text = publicCredential(ORDER - one);
  assert.throws(() => combineChecked(one, cancelling, text, encodePoint(IDENTITY)), VerificationError);
  assert.throws(() => combinePublic(letter.public, text), VerificationError);
});

test("an entry of parts.json holds only whole", () => {
  const entry = {
    credential: known.public, letter: letter.public, letter_proof: { ...letter.proof },
    platform: platform.public, platform_proof: { ...platform.proof },
  };
  verifyEntry(uuid, decodeEntry(entry, "x"));
  assert.throws(() => decodeEntry({ ...entry, extra: 1 }, "x"), MalformedError);
  for (const change of [
    { credential: letter.public }, { letter: platform.public, letter_proof: entry.platform_proof },
    { platform_proof: entry.letter_proof },
  ]) {
    assert.throws(() => verifyEntry(uuid, decodeEntry({ ...entry, ...change }, "x")), VerificationError);
  }
});

const { fingerprint, text, seed, signed } = known.agreement;
const agreement = { election: uuid, fingerprint, credential: known.public, textSha256: hexDigest(toUtf8(text)) };
const secret = combineSecret(BigInt(letter.secret), BigInt(platform.secret));

test("an agreement is signed with the same bytes and read again", () => {
  const body = encodeAgreement(agreement);
  const made = encodeSignedAgreement(body, signAgreement(secret, agreement, seeded(seed)));
  assert.equal(new TextDecoder().decode(made), signed);
  const read = decodeSignedAgreement(made);
  verifyAgreement(read.body, read.proof);
  assert.deepEqual(decodeAgreement(read.body), agreement);
});

test("an agreement that was changed, or signed with another key, does not hold", () => {
  const { body, proof } = decodeSignedAgreement(toUtf8(signed));
  const changed = encodeAgreement({ ...agreement, textSha256: hexDigest(toUtf8(`${text} `)) });
  assert.throws(() => verifyAgreement(changed, proof), VerificationError);
  assert.throws(() => verifyAgreement(body, decodeProof({ challenge: "1", response: "2" })), VerificationError);
  assert.throws(() => signAgreement(secret + 1n, agreement, seeded(1)), VerificationError);
});

test("an agreement in another spelling is refused", () => {
  const spellings = [signed.replace(",", ", "), `${signed}\n`, signed.replace('"version":1', '"version":2')];
  for (const spelling of spellings) assert.throws(() => decodeSignedAgreement(toUtf8(spelling)), MalformedError);
  const body = new TextDecoder().decode(encodeAgreement(agreement));
  for (const spelling of [body.replace(",", ", "), body.replace(known.public, encodePoint(IDENTITY)), "{}"]) {
    assert.throws(() => decodeAgreement(toUtf8(spelling)), MalformedError);
  }
});
