const storageKey = "martlet.visit";

/**
 * Whether this browser was signed in when last seen. No secret: it only saves a visitor's
 * browser from asking for a session it cannot have.
 */
export function wasSignedIn(): boolean {
  return localStorage.getItem(storageKey) !== null;
}

export function rememberVisit(isSignedIn: boolean): void {
  if (isSignedIn) localStorage.setItem(storageKey, "1");
  else localStorage.removeItem(storageKey);
}
