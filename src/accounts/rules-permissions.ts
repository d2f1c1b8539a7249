/** The one permission table. Doors and verbs ask `may`; nothing else compares roles. */
export const ROLES = ['owner', 'admin', 'staff', 'finance', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = {
  'workspace.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'workspace.manage': ['owner', 'admin'],
  'members.manage': ['owner', 'admin'],
  'watches.read': ['owner', 'admin', 'staff', 'viewer'],
  'watches.write': ['owner', 'admin', 'staff'],
  'matches.write': ['owner', 'admin', 'staff'],
  'channels.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'channels.write': ['owner', 'admin', 'staff', 'finance'],
  'deliveries.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'tokens.manage': ['owner', 'admin'],
  'jobs.manage': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** Whether a member with `role` may do what `permission` names. */
export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission]
  return roles.includes(role)
}
