// Names for what the server says about people, households and their trail, and the closed lists
// that its description leaves open. The answers themselves are in types.ts, which is generated.
import type {
  AccountVisibility,
  HalfLogin as AnyHalfLogin,
  Household,
  Identity,
  Me,
  Member,
  NewPersonalToken,
  OpenSession,
  Page,
  PendingInvitation,
  SecurityEvent,
  Session,
  SignInMethods,
  TimeCodeOffer,
  User,
} from "./types.ts";

export type {
  BackupCodes,
  Consent,
  Factors,
  Grant,
  Invitation,
  Job,
  NewInvitation,
  OwnEvent,
  Passkey,
  PersonalToken,
  TrailDetail,
  TrailEntry,
  UserCard,
} from "./types.ts";

export type SystemRole = User["system_role"];
export type Permission =
  | "users:read"
  | "users:write"
  | "users:sessions"
  | "audit:read"
  | "system:read"
  | "settings:write"
  | "jobs:write";
export type HouseholdRole = Household["role"];

export type Methods = SignInMethods;
export type FactorMethod = "totp" | "backup_code" | "passkey";
/** The password was right; a second proof is still wanted before there is a session. */
export type HalfLogin = Omit<AnyHalfLogin, "methods"> & { methods: FactorMethod[] };
export type SignInAnswer = Session | HalfLogin;

export function isSession(answer: SignInAnswer | null): answer is Session {
  return answer !== null && "access_token" in answer;
}

export type Person = User;
export type HouseholdCard = Household;
export type Standing = Omit<Me, "permissions"> & { permissions: Permission[] };
export type Device = OpenSession;
export type LinkedIdentity = Identity;
export type TotpSetup = TimeCodeOffer;
export type NewToken = NewPersonalToken;
/** A question to an authenticator, in the JSON of WebAuthn: bytes as base64url. */
export type Challenge<Options> = { challenge_id: string; options: Options };
export type MemberCard = Member;
export type InvitationLook = PendingInvitation;
export type Visibility = AccountVisibility;
/** An event of a person or of the server, as an administrator reads it. */
export type SecurityEntry = SecurityEvent;
export type LegalPage = Page;
export type LegalKind = Page["kind"];
