import { createContext, useContext } from "react";
import type { HouseholdCard, Permission, Person } from "../api/people.ts";
import type { GrantedHousehold } from "../api/types.ts";
import { type LocalDate, today } from "../dates/LocalDate.ts";

export type SignedIn = {
  user: Person;
  household: HouseholdCard;
  /** All that the person belongs to; the one in view is among them. */
  households: readonly HouseholdCard[];
  /** Others that let them look for a while. */
  grants: readonly GrantedHousehold[];
  /** What the person may do on the server itself; most people nothing. */
  permissions: readonly Permission[];
  locale: string;
  today: LocalDate;
  isViewer: boolean;
  isOwner: boolean;
};

export const SessionContext = createContext<SignedIn | null>(null);

export function signedIn(
  user: Person,
  household: HouseholdCard,
  households: readonly HouseholdCard[] = [household],
  permissions: readonly Permission[] = [],
  grants: readonly GrantedHousehold[] = [],
): SignedIn {
  return {
    user,
    household,
    households,
    permissions,
    grants,
    locale: knownLocale(user.locale),
    today: today(user.time_zone),
    isViewer: household.role === "viewer",
    isOwner: household.role === "owner",
  };
}

/** The browser throws on a malformed locale; its own is then the best guess. */
function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? navigator.language;
  } catch {
    return navigator.language;
  }
}

/** Who is signed in. Pages are shown to nobody else. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (!session) throw new Error("This part of the app needs someone signed in.");
  return session;
}
