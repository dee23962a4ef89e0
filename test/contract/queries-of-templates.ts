import type { Row } from './query-data.js';

/** What is asked of templates. */
export const OF_TEMPLATES: readonly Row[] = [
  {
    field: 'Query.templateLibrary',
    of: 'owner and nodes',
    query: `{ templateLibrary(source: MINE, first: 100) {
      totalCount nodes { title owner { username } nodes(first: 2) { nodes { key choices { to } } } } } }`,
    make: async (data, size) => {
      const [author, person] = await data.person();
      await data.templates(person, size, 2);
      return [author, {}];
    },
    items: ({ templateLibrary }) => templateLibrary.nodes,
  },
  {
    field: 'StoryTemplate.nodes',
    of: 'their choices',
    query: `query ($id: ID!) { template(id: $id) {
      nodes(first: 100) { totalCount nodes { key choices { text to } } } } }`,
    make: async (data, size) => {
      const [author, person] = await data.person();
      const [id] = await data.templates(person, 1, size);
      return [author, { id }];
    },
    items: ({ template }) => template.nodes.nodes,
  },
  {
    field: 'InsertTemplatePayload.nodes',
    of: 'their keys',
    query: `mutation ($storyId: ID!, $id: ID!) { insertTemplate(storyId: $storyId, templateId: $id) {
      nodes(first: 100) { totalCount nodes { nodeId templateKey key } } } }`,
    make: async (data, size) => {
      const person = await data.person();
      const [author, story] = await data.story(3, false, person);
      const [id] = await data.templates(person[1], 1, size);
      return [author, { storyId: story.id, id }];
    },
    items: ({ insertTemplate }) => insertTemplate.nodes.nodes,
  },
];
