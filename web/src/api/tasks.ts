import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";
import type { BulkResult, Task } from "./types.ts";

export type TaskInput = {
  title: string;
  description?: string | null;
  status?: Task["status"];
  priority?: Task["priority"];
  due_on?: string | null;
  repeat?: string | null;
  repeat_from?: string | null;
  assignee_id?: string | null;
  link_kind?: Task["link_kind"];
  link_id?: string | null;
  tags?: string[];
};
export type TaskPatch = Partial<TaskInput> & { position?: number };
export type TaskBulk = {
  action: "patch" | "delete" | "restore";
  ids: string[];
  patch?: Pick<TaskPatch, "status" | "priority" | "due_on" | "assignee_id" | "tags">;
};

/** The server's twin is Features/Tasks. */
export const tasks = {
  list: (query: Query): Promise<List<Task>> => api.list<Task>("/tasks", query),
  openCount: async () =>
    (await api.list<Task>("/tasks", { status: "open", limit: 1 })).pagination.total ?? 0,
  create: (body: TaskInput) => api.post<Task>("/tasks", body),
  update: (id: string, body: TaskPatch, version?: number) =>
    api.patch<Task>(`/tasks/${id}`, body, version),
  remove: (id: string, version?: number) => api.delete(`/tasks/${id}`, version),
  restore: (id: string) => api.post<Task>(`/tasks/${id}/restore`),
  bulk: (body: TaskBulk) => api.post<BulkResult>("/tasks/bulk", body),
};
