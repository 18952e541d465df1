/** The firewall's headers on what the service worker answers: a host that sends none is as strict as one that does. */

/**
 * @param headers  put in place of those of the same names
 * @returns the same answer; its body is handed over
 */
export function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: all });
}
