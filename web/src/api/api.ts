import { askForProof } from "./proof.ts";
import { Client } from "./Client.ts";
import type { Session } from "./types.ts";

type Listener = (session: Session | null) => void;

const listeners = new Set<Listener>();

function tell(session: Session | null): void {
  for (const listener of listeners) listener(session);
}

/** Locks exist on secure pages only; elsewhere two tabs must not wake in the same moment. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? locks.request("martlet.refresh", work) : work();
}

/** Said to the window when nothing opens until the person has a second factor. */
export const factorRequired = "martlet-factor-required";

/** The page's client. One object, since the token and the refresh in flight are one. */
export const api = new Client({
  onSession: tell,
  onSignedOut: () => tell(null),
  onProofRequired: askForProof,
  onFactorRequired: () => dispatchEvent(new Event(factorRequired)),
  exclusively,
});

/** Hears of each new session and, with null, of its end. */
export function onSession(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another tab signed out: this one follows without asking the server. */
export function leave(): void {
  api.forget();
  tell(null);
}

export async function signOut(): Promise<void> {
  try {
    await api.post<null>("/auth/logout");
  } finally {
    // Even when the server is away this browser must forget who was here.
    leave();
  }
}
