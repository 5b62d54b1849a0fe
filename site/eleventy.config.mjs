/** The documents hold `{{` of workflows: no template engine reads them. */
export const config = { markdownTemplateEngine: false, htmlTemplateEngine: false }
