// Links in letters carry their token after the "#", which no server and no log ever sees. It is
// read once and taken out of the address at once, so that no history keeps it either.

export type Arrival = { path: string; token: string };

export const invitationPath = "/invitation";
/** Where a provider sends people back to. */
export const returnPath = "/sign-in/oidc";
const storageKey = "martlet.invitation";
const versionsKey = "martlet.agreed";

let arrival: Arrival | null = null;

/** Called before anything is drawn, and when a letter's link is followed in an open tab. */
export function readArrival(): void {
  const invitation = sessionStorage.getItem(storageKey);
  sessionStorage.removeItem(storageKey);
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    arrival = { path: location.pathname, token };
    history.replaceState(null, "", location.pathname + location.search);
  } else if (invitation && location.pathname === returnPath) {
    arrival = { path: invitationPath, token: invitation };
  }
}

/** The token that led to `path`; kept in memory until `forgetArrival`. */
export function arrivalToken(path: string): string | null {
  return arrival?.path === path ? arrival.token : null;
}

/**
 * Keeps an invitation, and no other token, and which versions of the pages were shown, while
 * somebody is at a provider: this page and its memory are gone until they come back to this tab.
 */
export function keepForReturn(versions: Record<string, number | undefined>): void {
  const token = arrivalToken(invitationPath);
  if (token) sessionStorage.setItem(storageKey, token);
  sessionStorage.setItem(versionsKey, JSON.stringify(versions));
}

/** The versions that were shown before somebody left for a provider; known once. */
export function takeShownVersions(): Record<string, number> {
  const text = sessionStorage.getItem(versionsKey);
  sessionStorage.removeItem(versionsKey);
  return text ? (JSON.parse(text) as Record<string, number>) : {};
}

export function forgetArrival(): void {
  arrival = null;
}
