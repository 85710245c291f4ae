/** The fields of a form whose value is not the default one, by name. Null as long as the form is not drawn. */
export function typedIn(form: HTMLFormElement | null, defaults: object): [name: string, value: string][] {
  return Object.entries(defaults).flatMap(([name, value]) => {
    const field = form?.elements.namedItem(name);
    return field && "value" in field && field.value !== value ? [[name, field.value as string]] : [];
  });
}
