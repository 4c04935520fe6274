/** What the address of a bot on Telegram begins with, and of a number on WhatsApp. */
export const telegramRoot = 'https://t.me/'
export const whatsAppRoot = 'https://wa.me/'

/** Links into the chats with the bot, with words written there that the person only has to send. */
export function chatLinks(
  addresses: readonly string[],
  words: string,
): readonly { readonly label: string; readonly url: string }[] {
  return addresses.flatMap((address) => {
    // Telegram takes letters, digits, _ and - only, and shows a button that sends them.
    if (address.startsWith(telegramRoot))
      return [{ label: 'Telegram', url: `${address}?start=${words.replaceAll(' ', '-')}` }]
    if (address.startsWith(whatsAppRoot))
      return [{ label: 'WhatsApp', url: `${address}?text=${encodeURIComponent(words)}` }]
    return []
  })
}
