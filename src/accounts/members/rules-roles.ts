import type { Role } from '../rules-permissions'

/** Whether whoever has the role `by` may give, change or take these roles: owners are made and unmade by owners alone. */
export function mayAppoint(by: Role, roles: readonly Role[]): boolean {
  return by === 'owner' || (by === 'admin' && !roles.includes('owner'))
}
