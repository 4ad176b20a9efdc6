import { api } from "./api.ts";
import type {
  Bill,
  CalendarFeed,
  CalendarMonth,
  NewCalendarFeed,
  PostRecurringKeyAcceptRequest,
  Recurring,
  RecurringChange,
  Subscriptions,
} from "./types.ts";

export type FeedPart = CalendarFeed["includes"][number];
export type AcceptInput = Partial<PostRecurringKeyAcceptRequest>;

/** The server's twin is Features/Calendar. */
export const recurring = {
  all: async (state: "open" | "dismissed") =>
    (await api.list<Recurring>("/recurring", { state })).data,
  dismiss: (key: string) => api.post<Recurring>(`/recurring/${key}/dismiss`),
  restore: (key: string) => api.post<Recurring>(`/recurring/${key}/restore`),
  accept: (key: string, body: AcceptInput = {}) => api.post<Bill>(`/recurring/${key}/accept`, body),
  changes: async () => (await api.list<RecurringChange>("/recurring/changes")).data,
};

export const subscriptions = () => api.get<Subscriptions>("/subscriptions");

export const calendar = {
  month: (month: string) => api.get<CalendarMonth>(`/calendar/${month}`),
  feeds: async () => (await api.list<CalendarFeed>("/calendar/feeds")).data,
  makeFeed: (name: string, includes: readonly FeedPart[]) =>
    api.post<NewCalendarFeed>("/calendar/feeds", { name, includes }),
  revokeFeed: (id: string) => api.delete(`/calendar/feeds/${id}`),
};
