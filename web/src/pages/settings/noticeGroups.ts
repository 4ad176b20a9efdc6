import type { MailPace, NoticeKind, PreferencesInput } from "../../api/notices.ts";
import type { NoticePreferences } from "../../api/types.ts";

/** The kinds as people look for them; one that is in no group would not be shown at all. */
export const groups: readonly { title: string; kinds: readonly NoticeKind[] }[] = [
  { title: "Budgets and goals", kinds: ["budget_warning", "budget_spent", "goal_reached"] },
  { title: "Bills", kinds: ["bill_due", "bill_missed", "price_rise"] },
  {
    title: "Accounts",
    kinds: ["low_balance_ahead", "large_transaction", "unusual_transaction", "import_finished"],
  },
  { title: "Tasks", kinds: ["task_assigned", "task_due"] },
  { title: "Safety", kinds: ["new_device", "backup_failed"] },
];

export const paceNames: Record<MailPace, string> = {
  off: "Never",
  at_once: "At once",
  daily: "Daily",
  weekly: "Weekly",
};

/** What is sent back when a part of the preferences changes: the rest stays as it is. */
export function inputOf(preferences: NoticePreferences): PreferencesInput {
  return {
    kinds: preferences.kinds.map(({ kind, in_app, mail }) => ({ kind, in_app, mail })),
    quiet_from: preferences.quiet_from,
    quiet_to: preferences.quiet_to,
    digest_hour: preferences.digest_hour,
    digest_weekday: preferences.digest_weekday,
    budget_warning_percent: preferences.budget_warning_percent,
    budget_spent_percent: preferences.budget_spent_percent,
  };
}
