import type { OwnEvent, TrailEntry } from "../../api/people.ts";

/** What happened to a person's own account, as they would say it. */
const eventWords: Record<string, string> = {
  register: "Signed up",
  sign_in: "Signed in",
  sign_out: "Signed out",
  sign_out_everywhere: "Signed out everywhere",
  second_factor: "Second step of signing in",
  password_change: "Changed the password",
  password_reset: "Set a new password by letter",
  password_reset_request: "Asked for a letter to set a new password",
  email_change: "Changed the email address",
  email_verify: "Confirmed the email address",
  account_locked: "Locked after wrong passwords",
  session_stolen: "A copied session was ended",
  session_end: "Signed out a device",
  prove: "Showed again who it is",
  export: "Exported everything",
  delete: "Asked to be erased",
  keep: "Chose to stay",
};

/** "passkey_add" reads "Passkey add", where nobody has written better words. */
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

export function entryWord(entry: TrailEntry): string {
  return entry.summary ?? eventWords[entry.action] ?? plainly(`${entry.action} ${entry.entity}`);
}

const actors: Record<string, string> = {
  job: "Martlet",
  server: "Martlet",
  command_line: "The command line",
  nobody: "Someone",
  rule: "A rule",
  import: "An import",
};

export function actorWord({ actor, actor_name: name }: TrailEntry): string {
  return name ?? actors[actor] ?? "Someone";
}
