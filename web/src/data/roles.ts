import type { HouseholdRole, Permission, SystemRole } from "../api/people.ts";

export const roleNames: Record<HouseholdRole, string> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
};

export const roleMeanings: Record<HouseholdRole, string> = {
  owner: "Owners see and change everything, and decide who belongs to it.",
  editor: "Editors see and change the books.",
  viewer: "Viewers see the books and change nothing.",
};

export const systemRoleNames: Record<SystemRole, string> = {
  user: "Person",
  support: "Support",
  auditor: "Auditor",
  admin: "Administrator",
};

export const permissionNames: Record<Permission, string> = {
  "users:read": "See who is here",
  "users:sessions": "Sign people out",
  "users:write": "Disable, delete and restore people, change their role",
  "audit:read": "Read the server's trail",
  "system:read": "See the server's state",
  "settings:write": "Write the privacy and terms pages",
  "jobs:write": "Try work again that the server gave up",
};

/** The server decides; this table only tells people what each role is for. */
export const rolePermissions: Record<SystemRole, readonly Permission[]> = {
  user: [],
  support: ["users:read", "users:sessions"],
  auditor: ["audit:read", "system:read"],
  admin: [
    "users:read",
    "users:sessions",
    "users:write",
    "audit:read",
    "system:read",
    "settings:write",
    "jobs:write",
  ],
};
