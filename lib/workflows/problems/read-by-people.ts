/** Settings whose text people read, by the type of their step: a list in it is shown as a table. */
const fields: Readonly<Record<string, readonly string[]>> = {
  'send-mail': ['message'],
  approval: ['details'],
  output: ['template'],
  'send-message': ['body'],
};

export const isReadByPeople = (
  stepType: string | undefined,
  field: string | number | undefined,
): boolean =>
  stepType !== undefined &&
  Object.hasOwn(fields, stepType) &&
  fields[stepType]?.includes(String(field)) === true;
