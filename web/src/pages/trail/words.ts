import type { OwnEvent, TrailEntry } from "../../api/people.ts";

/** What happened to a person's own account, as they would say it. */
const eventWords: Record<string, string> = {
  sign_up: "Signed up",
  sign_in: "Signed in",
  sign_out: "Signed out",
  sign_out_all: "Signed out everywhere",
  second_factor: "Second step of signing in",
  passkey: "Signed in with a passkey",
  prove: "Showed again who it is",
  password_change: "Changed the password",
  password_reset: "Set a new password by letter",
  password_reset_request: "Asked for a letter to set a new password",
  email_change_request: "Asked to change the email address",
  email_verify: "Confirmed the email address",
  email_change: "Changed the email address",
  profile_change: "Changed the profile",
  notice_preferences_change: "Changed how to be told",
  token_reuse: "Ended a session that somebody had copied",
  totp_added: "Set up the code of an app",
  totp_removed: "Turned off the code of an app",
  backup_codes_renewed: "Made new backup codes",
  passkey_added: "Added a passkey",
  passkey_removed: "Removed a passkey",
  passkey_renamed: "Gave a passkey another name",
  household_default: "Made another household the default",
  identity_linked: "Linked an account elsewhere",
  identity_unlinked: "Unlinked an account elsewhere",
  token_made: "Made an access token",
  token_removed: "Removed an access token",
  calendar_feed_made: "Made a calendar for another program",
  calendar_feed_removed: "Ended a calendar for another program",
  first_administrator: "Became the administrator, as the first one here",
  consent: "Agreed to what the server promises",
  export: "Exported everything",
  deletion_plan: "Asked to be erased",
  deletion_cancel: "Chose to stay",
  job_retry: "Had work tried again that the server gave up",
  job_dismiss: "Dismissed work that the server gave up",
  page_change: "Wrote a page for everyone",
  refuse: "Was refused a request",
  role_change: "Got another role on this server",
  sessions_end: "Was signed out everywhere",
  disable: "Was disabled",
  enable: "Was enabled again",
  delete: "Was deleted",
  restore: "Was brought back",
};

/** "key_turn" reads "Key turn", where nobody has written better words. */
function plainly(action: string): string {
  const words = action.replaceAll("_", " ").replaceAll(".", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const outcomeWords: Record<string, string> = { failure: "failed", refused: "refused" };

export function outcomeWord(outcome: string | null): string | null {
  return (outcome && outcomeWords[outcome]) || null;
}

export function eventWord(event: Pick<OwnEvent, "action">): string {
  return eventWords[event.action] ?? plainly(event.action);
}

const actors: Record<string, string> = {
  job: "Martlet",
  server: "Martlet",
  command_line: "The command line",
  nobody: "Someone",
  rule: "A rule",
  import: "An import",
};

export function actorWord({
  actor,
  actor_name: name,
}: Pick<TrailEntry, "actor" | "actor_name">): string {
  return name ?? actors[actor] ?? "Someone";
}
