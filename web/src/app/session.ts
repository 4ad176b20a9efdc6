import { createContext, useContext } from "react";
import type { Household, User } from "../api/types.ts";
import { type LocalDate, today } from "../dates/LocalDate.ts";

export type SignedIn = {
  user: User;
  household: Household;
  locale: string;
  today: LocalDate;
  isViewer: boolean;
};

export const SessionContext = createContext<SignedIn | null>(null);

export function signedIn(user: User, household: Household): SignedIn {
  return {
    user,
    household,
    locale: knownLocale(user.locale),
    today: today(user.time_zone),
    isViewer: household.role === "viewer",
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
