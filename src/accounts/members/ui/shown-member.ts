import type { Role } from '../../rules-permissions'

export type ShownMember = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly joinedAt: Date
  readonly own: boolean
}
