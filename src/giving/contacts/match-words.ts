import { and, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { wordsAsked } from './rules-words'
import { contacts, contactWords } from './table'

/** The last character there is: what begins with a word comes before the word with it. */
const LAST = '\u{10FFFF}'

/**
 * A condition on `contacts`: each word that was typed begins one of theirs. None where nothing was typed. By bytes, for
 * row-level security lets no LIKE use an index.
 */
export function matchesWords(ctx: Ctx, typed: string): SQL | undefined {
  return and(...wordsAsked(typed).map((word) => hasWord(ctx, word)))
}

function hasWord(ctx: Ctx, word: string): SQL {
  const found = ctx.db
    .select({ id: contactWords.contactId })
    .from(contactWords)
    .where(and(gte(contactWords.word, word), lt(contactWords.word, word + LAST)))
  return sql`${inArray(contacts.id, found)}`
}
