/** What Telegram takes at most as a button's data. */
export const ACTION_DATA_BYTES = 64

/** `favourite` + a uuid → the data of an action that is done where it is tapped. Throws when it would be too long. */
export function actionData(verb: string, id: string): string {
  const data = `${verb}:${id}`
  if (Buffer.byteLength(data) > ACTION_DATA_BYTES) throw new RangeError(`${data} is longer than a button can carry`)
  return data
}
