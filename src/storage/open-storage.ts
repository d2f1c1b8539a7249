import { join } from 'node:path'
import type { Env } from '@/env'
import { createLocalStorage } from './local'
import { createS3Storage } from './s3'
import type { Storage } from './storage'

type StorageEnv = Pick<
  Env,
  'GLEANER_DATA_DIR' | 'S3_ENDPOINT' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>

/** The bucket where one is named, else the folder `files` of the data folder. Nothing is asked or made yet. */
export function openStorage(env: StorageEnv): Storage {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = env
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    return createLocalStorage(join(env.GLEANER_DATA_DIR, 'files'))
  }
  return createS3Storage({ endpoint, bucket, region, accessKeyId, secretAccessKey })
}
