import { hash, verify } from '@node-rs/argon2'

/** OWASP Password Storage Cheat Sheet: Argon2id (the package's default kind), m=19456 (19 MiB), t=2, p=1. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), OPTIONS)
}

let decoy: Promise<string> | undefined

/** Does the same work for an account that does not exist, so that the time of the answer tells nobody which do. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('an account that does not exist')
  const right = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'))
  return right && Boolean(passwordHash)
}
