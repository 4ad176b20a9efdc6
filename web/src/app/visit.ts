const storageKey = "martlet.visit";

/**
 * Whether this browser was signed in when last seen. No secret: it only saves a visitor's
 * browser from asking for a session it cannot have.
 */
export function wasSignedIn(): boolean {
  return localStorage.getItem(storageKey) !== null;
}

/** Hears of a sign-out in another tab. */
export function onVisitEnded(listener: () => void): () => void {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === storageKey && newValue === null) listener();
  };
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

export function rememberVisit(isSignedIn: boolean): void {
  if (isSignedIn) localStorage.setItem(storageKey, "1");
  else localStorage.removeItem(storageKey);
}
