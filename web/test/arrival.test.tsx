// The window must exist before anything looks for it, so this import stays the first.
import { act, closeWindow, window } from "./dom.mjs";
import { after, assert, test } from "./harness.mjs";
import { createRoot } from "react-dom/client";
import { askForProof, useProofQuestion } from "../src/api/proof.ts";
import { base64url, bytesOf, createPasskey, getPasskey } from "../src/api/webauthn.ts";
import {
  arrivalToken,
  forgetArrival,
  keepForReturn,
  readArrival,
  takeShownVersions,
} from "../src/app/arrival.ts";

after(closeWindow);

test("the token of a letter's link is read once and leaves the address at once", () => {
  history.replaceState(null, "", "/reset?x=1#token=s3cret");

  readArrival();

  assert.equal(location.hash, "");
  assert.equal(location.pathname + location.search, "/reset?x=1");
  assert.equal(arrivalToken("/reset"), "s3cret");
  assert.equal(arrivalToken("/verify"), null);
  forgetArrival();
  assert.equal(arrivalToken("/reset"), null);
  assert.ok(!JSON.stringify({ ...localStorage }).includes("s3cret"));
});

/** Goes to `path` as a page that is loaded anew: its memory is empty. */
function load(path: string): void {
  forgetArrival();
  history.replaceState(null, "", path);
  readArrival();
}

test("an invitation outlasts the way to a provider and back, and nothing else does", () => {
  load("/invitation#token=s3cret");
  keepForReturn({ terms_version: 2 });
  load("/sign-in/oidc?state=x&code=y");

  assert.equal(arrivalToken("/invitation"), "s3cret");
  assert.deepEqual(takeShownVersions(), { terms_version: 2 });
  assert.deepEqual(takeShownVersions(), {});
  assert.equal(JSON.stringify({ ...sessionStorage }), "{}");

  keepForReturn({});
  load("/sign-in");
  assert.equal(arrivalToken("/invitation"), null);
  load("/sign-in/oidc?state=x&code=y");
  assert.equal(arrivalToken("/invitation"), null);

  for (const path of ["/reset", "/verify"]) {
    load(`${path}#token=s3cret`);
    keepForReturn({});
    takeShownVersions();
    assert.equal(JSON.stringify({ ...sessionStorage }), "{}");
  }
  forgetArrival();
});

test("an anchor without a token is left alone", () => {
  history.replaceState(null, "", "/privacy#cookies");

  readArrival();

  assert.equal(location.hash, "#cookies");
});

test("bytes go to base64url and back", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const text = base64url(bytes.buffer);

  assert.ok(!/[+/=]/.test(text));
  assert.deepEqual([...bytesOf(text)], [...bytes]);
});

/** An authenticator of one function, which keeps what it was asked. */
function authenticator(response: Record<string, unknown>) {
  const asked: Record<string, unknown>[] = [];
  const answer = async (question: Record<string, unknown>) => {
    asked.push(question);
    return {
      id: "AQI",
      rawId: Uint8Array.of(1, 2).buffer,
      type: "public-key",
      authenticatorAttachment: "platform",
      getClientExtensionResults: () => ({}),
      response,
    };
  };
  Object.defineProperty(window.navigator, "credentials", {
    value: { create: answer, get: answer },
    configurable: true,
  });
  return asked;
}

const buffer = (byte: number) => Uint8Array.of(byte).buffer;

test("a passkey is made from JSON and told in JSON", async () => {
  const asked = authenticator({
    clientDataJSON: buffer(3),
    attestationObject: buffer(4),
    getTransports: () => ["internal"],
  });

  const made = await createPasskey({
    challenge: "AAE",
    rp: { name: "Martlet" },
    user: { id: "Ag", name: "a@b", displayName: "A" },
    pubKeyCredParams: [],
    excludeCredentials: [{ type: "public-key", id: "Aw" }],
  });

  const { publicKey } = asked[0] as { publicKey: PublicKeyCredentialCreationOptions };
  assert.deepEqual([...(publicKey.challenge as Uint8Array)], [0, 1]);
  assert.deepEqual([...(publicKey.user.id as Uint8Array)], [2]);
  const [excluded] = publicKey.excludeCredentials ?? [];
  assert.deepEqual(excluded && [...(excluded.id as Uint8Array)], [3]);
  assert.equal(made.rawId, "AQI");
  assert.deepEqual(made.response, {
    clientDataJSON: "Aw",
    attestationObject: "BA",
    transports: ["internal"],
  });
});

test("a passkey's answer is told in JSON, with the person it names", async () => {
  authenticator({
    clientDataJSON: buffer(3),
    authenticatorData: buffer(4),
    signature: buffer(5),
    userHandle: buffer(6),
  });

  const { response } = await getPasskey({ challenge: "AAE" });

  assert.deepEqual(response, {
    clientDataJSON: "Aw",
    authenticatorData: "BA",
    signature: "BQ",
    userHandle: "Bg",
  });
});

test("the question who is here is open until it is answered", async () => {
  function Watcher() {
    const question = useProofQuestion();
    return question && <button onClick={() => question.answer(true)}>yes</button>;
  }
  const place = document.body.appendChild(document.createElement("div"));
  const button = () => place.querySelector("button");
  const root = createRoot(place);
  act(() => root.render(<Watcher />));

  let proven: Promise<boolean> | undefined;
  act(() => {
    proven = askForProof();
  });
  assert.ok(button());
  act(() => button()?.click());

  assert.equal(await proven, true);
  assert.equal(button(), null);
  act(() => root.unmount());
});
