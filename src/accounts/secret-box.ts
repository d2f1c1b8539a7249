import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { decodeKey } from '@/env'
import { AppError } from '@/kernel/app-error'

/** AES-256-GCM. `purpose` is bound to the ciphertext, so that one secret cannot be put in another's place. */
export type SecretBox = {
  readonly seal: (plain: string, purpose: string) => string
  /** Throws `conflict` (`secretKey`) when it was sealed with another key, `internal` when it was altered. */
  readonly open: (sealed: string, purpose: string) => string
}

/** `key`: 32 bytes, as GLEANER_ENCRYPTION_KEY holds them. A sealed text is `<key id>.<iv>.<tag>.<ciphertext>`. */
export function openSecretBox(key: string): SecretBox {
  const bytes = decodeKey(key)
  const keyId = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  return {
    seal: (plain, purpose) => [keyId, ...encrypt(bytes, plain, purpose)].join('.'),
    open(sealed, purpose) {
      const [sealedWith, ...parts] = sealed.split('.')
      if (sealedWith === keyId) return decrypt(bytes, parts, purpose)
      throw new AppError('conflict', `sealed with key ${sealedWith}, not ${keyId}`, { reason: 'secretKey' })
    },
  }
}

function encrypt(key: Buffer, plain: string, purpose: string): readonly string[] {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))
}

function decrypt(key: Buffer, parts: readonly string[], purpose: string): string {
  const [iv = '', tag = '', text = ''] = parts
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64url'))
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('internal', `the secret for ${purpose} was altered`, { cause })
  }
}
