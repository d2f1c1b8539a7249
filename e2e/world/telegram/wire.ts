/** The shapes of the Bot API that the world speaks, and what it keeps of a message. */

export type Params = Readonly<Record<string, unknown>>

/** What the Bot API says no with. */
export class Refusal extends Error {
  readonly status: number
  readonly description: string
  readonly parameters: Params | undefined

  constructor(status: number, description: string, parameters?: Params) {
    super(description)
    this.status = status
    this.description = description
    this.parameters = parameters
  }
}

export function badRequest(what: string, parameters?: Params): Refusal {
  return new Refusal(400, `Bad Request: ${what}`, parameters)
}

export type Button = { readonly text: string; readonly url?: string; readonly data?: string }
export type Entity = {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
}

export type Photo = { readonly url: string; readonly fileId: string; readonly bytes: Buffer; readonly type: string }

type Edit = { readonly at: Date; readonly text: string; readonly html: string; readonly buttons: Buttons }
export type Buttons = readonly (readonly Button[])[]

/** A message as the world remembers it. `text` is the caption where there is a photo. */
export type WorldMessage = {
  readonly id: number
  readonly chatId: number
  readonly from: { readonly id: number; readonly name: string; readonly isBot: boolean }
  /** Plain, after entities were read. */
  readonly text: string
  /** As it was sent, tags and all. */
  readonly html: string
  readonly entities: readonly Entity[]
  readonly photo: Photo | null
  readonly buttons: Buttons
  readonly at: Date
  /** How it read before each edit, oldest first. */
  readonly edits: readonly Edit[]
  readonly editedAt: Date | null
  readonly deleted: boolean
  readonly replyTo: number | null
  readonly silent: boolean
  readonly mediaGroupId: string | null
  /** A service message: somebody joined, the group moved. */
  readonly service: Params | null
}

export type Member = {
  readonly id: number
  readonly name: string
  readonly username: string
  readonly language: string
}

export type Chat = {
  id: number
  readonly type: 'private' | 'group' | 'supergroup'
  readonly title: string
  readonly members: Map<number, Member>
  readonly messages: WorldMessage[]
  lastId: number
  /** A private chat exists for the bot once the user has pressed Start. */
  started: boolean
  /** Why the bot may not write here. */
  shut: 'blocked' | 'kicked' | 'deactivated' | null
  /** The id that a group has had since it became a supergroup. */
  movedTo: number | null
}

export type Update = { readonly update_id: number } & Params
