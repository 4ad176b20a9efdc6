import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";
import type { LargeAmount, Notice, NoticeChoice, NoticePreferences } from "./types.ts";

export type NoticeKind = Notice["kind"];
export type MailPace = NoticeChoice["mail"];

export type PreferencesInput = Pick<
  NoticePreferences,
  | "quiet_from"
  | "quiet_to"
  | "digest_hour"
  | "digest_weekday"
  | "budget_warning_percent"
  | "budget_spent_percent"
> & {
  kinds: Pick<NoticeChoice, "kind" | "in_app" | "mail">[];
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
