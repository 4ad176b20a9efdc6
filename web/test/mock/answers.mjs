// What the stand-in's routes share.
export const uuid = "([0-9a-f-]{36})";
export const at = (path) => new RegExp(`^${path.replace(":id", uuid).replace(":any", "([^/]+)")}$`);
export const list = (data) => ({
  data,
  pagination: { page: 1, per_page: 50, total: data.length, total_pages: 1, next_cursor: null },
});
export const none = { status: 204 };
export const refusal = (status, code, message) =>
  Object.assign(new Error(message), { status, code });
export const proofMinutes = Number(process.env.MOCK_PROOF_MINUTES ?? 5);

export function fresh(call) {
  if (Date.now() - call.visit.session.provedAt > proofMinutes * 60_000)
    throw refusal(403, "auth.proof_required", "Show again who you are.");
}

export const drop = (items, id) =>
  items.splice(
    items.findIndex((item) => item.id === id),
    1,
  );
