// The forms of what the server says about people, households and their trail. Amounts never
// occur here; times are ISO instants, dates ISO dates.
import type { Household, Session, User } from "./types.ts";

export type SystemRole = "user" | "support" | "auditor" | "admin";
export type Permission =
  | "users:read"
  | "users:write"
  | "users:sessions"
  | "audit:read"
  | "system:read"
  | "settings:write";
export type HouseholdRole = Household["role"];

export type Methods = {
  registration: "open" | "invitation" | "closed";
  first_person: boolean;
  password: boolean;
  passkeys: boolean;
  providers: { id: string; name: string }[];
  mail?: boolean;
  require_second_factor: boolean;
};

export type FactorMethod = "totp" | "backup_code" | "passkey";
/** The password was right; a second proof is still wanted before there is a session. */
export type HalfLogin = { token: string; methods: FactorMethod[]; expires_in: number };
export type SignInAnswer = Session | HalfLogin;

export function isSession(answer: SignInAnswer | null): answer is Session {
  return answer !== null && "access_token" in answer;
}

export type Person = User & {
  email_verified?: boolean;
  system_role?: SystemRole;
  erase_at?: string | null;
};
export type HouseholdCard = Household & { is_default?: boolean };
export type Standing = {
  user: Person;
  household: HouseholdCard;
  households: HouseholdCard[];
  permissions: Permission[];
};

export type Device = {
  id: string;
  device: string;
  first_address: string | null;
  created_at: string;
  address: string | null;
  used_at: string;
  is_current: boolean;
};

export type Passkey = {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
  is_backed_up: boolean;
};
export type LinkedIdentity = {
  id: string;
  provider: string;
  name: string | null;
  email: string | null;
  created_at: string;
};
export type Factors = {
  password: boolean;
  totp: { enabled: boolean; confirmed_at: string | null };
  backup_codes_left: number;
  passkeys: Passkey[];
  identities: LinkedIdentity[];
};
export type TotpSetup = { secret: string; uri: string; qr_svg: string };
export type BackupCodes = { backup_codes: string[] };

export type PersonalToken = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
  used_at: string | null;
};

/** A question to an authenticator, in the JSON of WebAuthn: bytes as base64url. */
export type Challenge<Options> = { challenge_id: string; options: Options };

export type MemberCard = {
  person_id: string;
  name: string;
  email: string;
  role: HouseholdRole;
  joined_at: string;
  is_you: boolean;
};
export type Invitation = {
  id: string;
  email: string | null;
  role: HouseholdRole;
  invited_by: string | null;
  created_at: string;
  expires_at: string;
};
export type InvitationLook = {
  household_name: string;
  invited_by: string | null;
  role: HouseholdRole;
  email: string | null;
};
export type Grant = {
  id: string;
  person: { id: string; name: string; email: string };
  reason?: string;
  created_at: string;
  expires_at: string;
};
export type Visibility = { visibility: "all" | "only" | "except"; members: string[] };

export type TrailEntry = {
  id: string;
  at: string;
  actor: string;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  entity: string;
  entity_id: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  change_count: number;
  request_id: string | null;
  address: string | null;
  device: string | null;
  outcome: string | null;
  can_undo?: boolean;
  undoes?: string | null;
  undone_by?: string | null;
};
export type TrailDetail = {
  entry: TrailEntry;
  changes: { position: number; entity_id: string; before: unknown; after: unknown }[];
  next_cursor: string | null;
};
/** An event of a person or of the server, as an administrator reads it. */
export type SecurityEntry = Omit<TrailEntry, "can_undo" | "undoes" | "undone_by"> & {
  person_id?: string | null;
  person_name?: string | null;
};
export type OwnEvent = {
  id: string;
  at: string;
  action: string;
  /** False for what someone else did to the account: an administrator, the server. */
  is_own?: boolean;
  outcome: string;
  address: string | null;
  device: string | null;
  details: unknown;
};

export type UserCard = {
  id: string;
  email: string;
  name: string;
  system_role: SystemRole;
  created_at: string;
  last_seen_at: string | null;
  disabled_at: string | null;
  deleted_at: string | null;
  email_verified: boolean;
  has_second_factor: boolean;
  sessions: number;
  households: number;
};

export type Consent = { kind: string; version: string | number; accepted_at: string };
export type LegalKind = "privacy" | "terms";
export type LegalPage = {
  kind: LegalKind;
  title: string;
  text: string;
  version: string | number;
  updated_at: string | null;
};
