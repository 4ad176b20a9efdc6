// The browser's passkeys, spoken to in the JSON of WebAuthn level 3: bytes are base64url text.
// The browsers' own toJSON and parse… functions are newer than what we support.

type Descriptor = { type: "public-key"; id: string; transports?: AuthenticatorTransport[] };

export type CreationOptions = Omit<
  PublicKeyCredentialCreationOptions,
  "challenge" | "user" | "excludeCredentials"
> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptor[];
};
export type RequestOptions = Omit<
  PublicKeyCredentialRequestOptions,
  "challenge" | "allowCredentials"
> & { challenge: string; allowCredentials?: Descriptor[] };

export type CredentialJSON = {
  id: string;
  rawId: string;
  type: string;
  authenticatorAttachment: string | null;
  response: Record<string, unknown>;
  clientExtensionResults: Record<string, unknown>;
};

export function bytesOf(text64: string): Uint8Array<ArrayBuffer> {
  const text = atob(text64.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

export function base64url(buffer: ArrayBuffer): string {
  const text = [...new Uint8Array(buffer)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function descriptors(list: Descriptor[] = []): PublicKeyCredentialDescriptor[] {
  return list.map((item) => ({ ...item, id: bytesOf(item.id) }));
}

/** Passkeys belong to a name: none under a bare number such as 192.0.2.7 or [2001:db8::7]. */
function isNamed(host: string): boolean {
  return !/^[\d.]+$|:/.test(host);
}

/** Passkeys need a secure page: https under a name, or this machine as "localhost". */
export function hasPasskeys(): boolean {
  const isKnown = "credentials" in navigator && "PublicKeyCredential" in globalThis;
  return globalThis.isSecureContext && isKnown && isNamed(location.hostname);
}

/** Whether the browser offers passkeys inside the box of the email address. */
export async function suggestsPasskeys(): Promise<boolean> {
  if (!hasPasskeys()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

export async function createPasskey(options: CreationOptions): Promise<CredentialJSON> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  };
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...common(credential),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      attestationObject: base64url(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

export async function getPasskey(
  options: RequestOptions,
  waiting: { signal?: AbortSignal; mediation?: CredentialMediationRequirement } = {},
): Promise<CredentialJSON> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  };
  const credential = (await navigator.credentials.get({
    publicKey,
    ...waiting,
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...common(credential),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      userHandle: response.userHandle ? base64url(response.userHandle) : null,
    },
  };
}

function common(credential: PublicKeyCredential) {
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults() as Record<string, unknown>,
  };
}

/** What the browser says by the names of its errors, in words; null when it is not of them. */
export function passkeyProblem(error: unknown): string | null {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "No passkey was used. Try again, or choose another way.";
  if (name === "AbortError") return "The question for a passkey was closed.";
  if (name === "InvalidStateError") return "This device has a passkey for Martlet already.";
  if (name === "SecurityError") return "Passkeys work only under the server's own address.";
  if (name === "NotSupportedError") return "This device cannot keep a passkey.";
  return null;
}
