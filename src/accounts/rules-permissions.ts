/** The one permission table. Doors and verbs ask `may`; nothing else compares roles. */
export const ROLES = ['owner', 'admin', 'staff', 'finance', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = {
  'workspace.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'workspace.manage': ['owner', 'admin'],
  'members.manage': ['owner', 'admin'],
  'members.transfer': ['owner'],
  'watches.read': ['owner', 'admin', 'staff', 'viewer'],
  'watches.write': ['owner', 'admin', 'staff'],
  'sources.override': ['owner'],
  'matches.write': ['owner', 'admin', 'staff'],
  'listings.push': ['owner', 'admin', 'staff'],
  'channels.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'channels.write': ['owner', 'admin', 'staff', 'finance'],
  'deliveries.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'tokens.manage': ['owner', 'admin'],
  'jobs.manage': ['owner', 'admin'],
  'contacts.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  // Who books a gift meets donors that nobody has entered yet.
  'contacts.write': ['owner', 'admin', 'staff', 'finance'],
  /** Sees and changes contacts of every member, and what hangs on them; others their own alone. */
  'contacts.all': ['owner', 'admin', 'finance', 'viewer'],
  'gifts.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'gifts.write': ['owner', 'admin', 'staff', 'finance'],
  'pledges.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'pledges.write': ['owner', 'admin', 'staff', 'finance'],
  'tasks.read': ['owner', 'admin', 'staff', 'finance', 'viewer'],
  'tasks.write': ['owner', 'admin', 'staff', 'finance'],
  'reports.read': ['owner', 'admin', 'finance', 'viewer'],
  'giving.settings': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** Whether a member with `role` may do what `permission` names. */
export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission]
  return roles.includes(role)
}
