// Links in letters carry their token after the "#", which no server and no log ever sees. It is
// read once and taken out of the address at once, so that no history keeps it either.

export type Arrival = { path: string; token: string };

let arrival: Arrival | null = null;

/** Called before anything is drawn, and when a letter's link is followed in an open tab. */
export function readArrival(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  arrival = { path: location.pathname, token };
  history.replaceState(null, "", location.pathname + location.search);
}

/** The token that led to `path`; kept in memory until `forgetArrival`. */
export function arrivalToken(path: string): string | null {
  return arrival?.path === path ? arrival.token : null;
}

export function forgetArrival(): void {
  arrival = null;
}
