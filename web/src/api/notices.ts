import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";

export type NoticeKind =
  | "budget_warning"
  | "budget_spent"
  | "bill_due"
  | "bill_missed"
  | "price_rise"
  | "low_balance_ahead"
  | "large_transaction"
  | "unusual_transaction"
  | "goal_reached"
  | "import_finished"
  | "new_device"
  | "backup_failed"
  | "task_assigned"
  | "task_due";

export interface NoticeDetails {
  account_id: string | null;
  category_id: string | null;
  transaction_id: string | null;
  task_id: string | null;
  import_id: string | null;
  name: string | null;
  payee: string | null;
  currency: string | null;
  amount: string | null;
  limit: string | null;
  percent: number | null;
  period: string | null;
  date: string | null;
  count: number | null;
  device: string | null;
  address: string | null;
}

export interface Notice {
  id: string;
  kind: NoticeKind;
  household_id: string | null;
  household_name: string | null;
  at: string;
  read_at: string | null;
  text: string;
  link: string | null;
  details: NoticeDetails;
}

export type MailPace = "off" | "at_once" | "daily" | "weekly";

export interface KindPreference {
  kind: NoticeKind;
  in_app: boolean;
  mail: MailPace;
  mail_choices: MailPace[];
}

export interface LargeAmount {
  household_id: string;
  household_name: string;
  currency: string;
  amount: string;
}

export interface NoticePreferences {
  kinds: KindPreference[];
  quiet_from: string | null;
  quiet_to: string | null;
  digest_hour: number;
  digest_weekday:
    | "monday"
    | "tuesday"
    | "wednesday"
    | "thursday"
    | "friday"
    | "saturday"
    | "sunday";
  budget_warning_percent: number;
  budget_spent_percent: number;
  large_amounts: LargeAmount[];
  time_zone: string;
  mail: { address: string; is_verified: boolean; is_set_up: boolean };
  version: number;
  updated_at: string | null;
}

export type PreferencesInput = Pick<
  NoticePreferences,
  | "quiet_from"
  | "quiet_to"
  | "digest_hour"
  | "digest_weekday"
  | "budget_warning_percent"
  | "budget_spent_percent"
> & {
  kinds: Pick<KindPreference, "kind" | "in_app" | "mail">[];
  large_amounts?: Pick<LargeAmount, "household_id" | "amount">[];
};

/** The server's twin is Features/Notices. */
export const notices = {
  list: (query: Query): Promise<List<Notice>> => api.list<Notice>("/notices", query),
  unread: async () => (await api.get<{ unread: number }>("/notices/unread")).unread,
  markRead: (id: string) => api.post<Notice>(`/notices/${id}/read`),
  markUnread: (id: string) => api.post<Notice>(`/notices/${id}/unread`),
  readAll: () => api.post<{ unread: number }>("/notices/read", {}),
  remove: (id: string) => api.delete(`/notices/${id}`),
  preferences: () => api.get<NoticePreferences>("/notices/preferences"),
  savePreferences: (body: PreferencesInput, version: number) =>
    api.put<NoticePreferences>("/notices/preferences", body, version),
};
