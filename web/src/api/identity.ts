import { api } from "./api.ts";
import type { Query } from "./Client.ts";
import type {
  BackupCodes,
  Challenge,
  Consent,
  Device,
  Factors,
  Grant,
  HouseholdCard,
  HouseholdRole,
  Invitation,
  InvitationLook,
  Job,
  LegalKind,
  LegalPage,
  MemberCard,
  Methods,
  OwnEvent,
  Passkey,
  PersonalToken,
  SecurityEntry,
  SignInAnswer,
  Standing,
  TotpSetup,
  TrailDetail,
  TrailEntry,
  UserCard,
  Visibility,
} from "./people.ts";
import type { Household, Session } from "./types.ts";
import type { CreationOptions, CredentialJSON, RequestOptions } from "./webauthn.ts";

export type Registration = {
  email: string;
  password: string;
  name: string;
  currency?: string;
  time_zone?: string;
  locale?: string;
  invitation?: string;
};
export type ProviderReturn = { state: string; code: string; iss?: string; invitation?: string };
export type PasskeyProof = { challenge_id: string; credential: CredentialJSON };
export type FactorProof =
  | { code: string }
  | { backup_code: string }
  | { passkey: PasskeyProof }
  | { password: string };

/** The server's twin is Features/Identity. */
export const auth = {
  methods: () => api.get<Methods>("/auth/methods"),
  register: (body: Registration) => api.post<Session>("/auth/register", body),
  login: (email: string, password: string) =>
    api.post<SignInAnswer>("/auth/login", { email, password }),
  secondFactor: (token: string, proof: FactorProof) =>
    api.post<Session>("/auth/second-factor", { token, ...proof }),
  secondFactorPasskey: (token: string) =>
    api.post<Challenge<RequestOptions>>("/auth/second-factor/passkey", { token }),
  passkeyOptions: () => api.post<Challenge<RequestOptions>>("/auth/passkey/options", {}),
  passkey: (proof: PasskeyProof) => api.post<SignInAnswer>("/auth/passkey", proof),
  startProvider: (provider: string, link: boolean) =>
    api.post<{ authorization_url: string }>(`/auth/oidc/${provider}/start`, link ? { link } : {}),
  finishProvider: (body: ProviderReturn) =>
    api.post<SignInAnswer | null>("/auth/oidc/finish", body),
  me: () => api.get<Standing>("/auth/me"),
  update: (body: { name?: string; time_zone?: string; locale?: string }) =>
    api.patch<Standing>("/auth/me", body),
  prove: (proof: FactorProof) => api.post<null>("/auth/prove", proof),
  provePasskey: () => api.post<Challenge<RequestOptions>>("/auth/prove/passkey", {}),
  changePassword: (current_password: string, new_password: string) =>
    api.post<null>("/auth/change-password", { current_password, new_password }),
  requestReset: (email: string) => api.post<null>("/auth/request-password-reset", { email }),
  reset: (token: string, new_password: string) =>
    api.post<null>("/auth/reset-password", { token, new_password }),
  verify: (token: string) => api.post<null>("/auth/verify-email", { token }),
  resendVerification: () => api.post<null>("/auth/resend-verification"),
  changeEmail: (email: string) => api.post<null>("/auth/change-email", { email }),
  signOutEverywhere: () => api.post<null>("/auth/logout-all"),
};

export const sessions = {
  all: async () => (await api.list<Device>("/sessions")).data,
  end: (id: string) => api.delete(`/sessions/${id}`),
  endOthers: () => api.delete("/sessions"),
};

/** The server's twin is Features/Identity, its second factors and other doors. */
export const factors = {
  all: () => api.get<Factors>("/factors"),
  startTotp: () => api.post<TotpSetup>("/factors/totp"),
  confirmTotp: (code: string) => api.post<BackupCodes>("/factors/totp/confirm", { code }),
  removeTotp: () => api.delete("/factors/totp"),
  newBackupCodes: () => api.post<BackupCodes>("/factors/backup-codes"),
  passkeyOptions: () => api.post<Challenge<CreationOptions>>("/factors/passkeys/options", {}),
  addPasskey: (name: string, proof: PasskeyProof) =>
    api.post<Passkey>("/factors/passkeys", { name, ...proof }),
  renamePasskey: (id: string, name: string) =>
    api.patch<Passkey>(`/factors/passkeys/${id}`, { name }),
  removePasskey: (id: string) => api.delete(`/factors/passkeys/${id}`),
  unlink: (id: string) => api.delete(`/identities/${id}`),
};

export const tokens = {
  all: async () => (await api.list<PersonalToken>("/tokens")).data,
  create: (body: { name: string; scopes: string[]; expires_at?: string }) =>
    api.post<PersonalToken & { token: string }>("/tokens", body),
  remove: (id: string) => api.delete(`/tokens/${id}`),
};

/** The server's twin is Features/Households. */
export const households = {
  create: (body: { name: string; currency: string; week_start?: Household["week_start"] }) =>
    api.post<HouseholdCard>("/households", body),
  makeDefault: (id: string) => api.post<null>(`/households/${id}/default`),
  update: (body: { name?: string; week_start?: Household["week_start"] }) =>
    api.patch<HouseholdCard>("/household", body),
  members: async () => (await api.list<MemberCard>("/household/members")).data,
  changeRole: (personId: string, role: HouseholdRole) =>
    api.patch<MemberCard>(`/household/members/${personId}`, { role }),
  removeMember: (personId: string) => api.delete(`/household/members/${personId}`),
  handOver: (person_id: string) => api.post<null>("/household/ownership", { person_id }),
  invitations: async () => (await api.list<Invitation>("/household/invitations")).data,
  invite: (body: { email?: string; role: HouseholdRole }) =>
    api.post<Invitation & { link: string }>("/household/invitations", body),
  withdraw: (id: string) => api.delete(`/household/invitations/${id}`),
  look: (token: string) => api.post<InvitationLook>("/invitations/look", { token }),
  accept: (token: string) => api.post<HouseholdCard>("/invitations/accept", { token }),
  grants: async () => (await api.list<Grant>("/household/grants")).data,
  grant: (body: { email: string; hours: number; reason: string }) =>
    api.post<Grant>("/household/grants", body),
  endGrant: (id: string) => api.delete(`/household/grants/${id}`),
  visibility: (accountId: string) => api.get<Visibility>(`/accounts/${accountId}/visibility`),
  show: (accountId: string, body: Visibility) =>
    api.put<Visibility>(`/accounts/${accountId}/visibility`, body),
};

/** The server's twin is Features/Audit. */
export const trail = {
  household: (query: Query) => api.list<TrailEntry>("/audit-logs", query),
  entry: (id: string) => api.get<TrailDetail>(`/audit-logs/${id}`),
  undo: (id: string) => api.post<TrailEntry>(`/audit-logs/${id}/undo`),
  own: (query: Query = {}) => api.list<OwnEvent>("/activity", query),
};

export const admin = {
  users: (query: Query) => api.list<UserCard>("/admin/users", query),
  update: (id: string, body: { system_role?: string; is_disabled?: boolean }) =>
    api.patch<UserCard>(`/admin/users/${id}`, body),
  remove: (id: string) => api.delete(`/admin/users/${id}`),
  restore: (id: string) => api.post<UserCard>(`/admin/users/${id}/restore`),
  endSessions: (id: string) => api.post<null>(`/admin/users/${id}/end-sessions`),
  trail: (query: Query) => api.list<SecurityEntry>("/admin/audit-logs", query),
  system: () => api.get<Record<string, unknown>>("/admin/system"),
  jobs: (query: Query) => api.list<Job>("/admin/jobs", query),
  retryJob: (id: string) => api.post<Job>(`/admin/jobs/${id}/retry`),
  dismissJob: (id: string) => api.delete(`/admin/jobs/${id}`),
  savePage: (kind: LegalKind, body: { title: string; text: string }) =>
    api.put<LegalPage>(`/admin/pages/${kind}`, body),
};

/** The server's twin is Features/OwnData. */
export const ownData = {
  archive: () => api.blob("/me/export"),
  remove: () => api.delete<{ erases_at: string }>("/me"),
  keep: () => api.post<null>("/me/keep"),
  consents: async () => (await api.list<Consent>("/me/consents")).data,
  consent: (kind: string, version: Consent["version"]) =>
    api.post<Consent>("/me/consents", { kind, version }),
  page: (kind: LegalKind) => api.get<LegalPage>(`/pages/${kind}`),
};
