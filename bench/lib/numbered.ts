/** How a message that nobody asked for begins, so that its phone can tell the order: counted from 1. */
export function numbered(number: number): string {
  return `Kabar ${number}.`
}
