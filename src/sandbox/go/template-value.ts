/** What a template works with: what was read from JSON, and whole numbers as big integers. */
export type TemplateValue = unknown;

export type TemplateFunction = (...args: readonly TemplateValue[]) => TemplateValue;
