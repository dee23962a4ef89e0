import type { Row } from './query-data.js';

/** What is asked of ratings and reviews. */
export const OF_REVIEWS: readonly Row[] = [
  {
    field: 'Story.reviews',
    of: 'reader, story and reply',
    query: `query ($id: ID!) { story(id: $id) { reviews(first: 100, sort: NEWEST) { totalCount nodes {
      text viewerFoundHelpful reader { username } story { title } reply { text author { username } }
      moderation { waitingSince }
    } } } }`,
    make: async (data, size) => {
      const [, story] = await data.story(2, true);
      await data.reviews(story, size);
      return [(await data.person())[0], story];
    },
    items: ({ story }) => story.reviews.nodes,
  },
  {
    field: 'Query.stories',
    of: 'rating, viewerRating and the first reviews',
    query: `query ($category: String) { stories(filter: { category: $category }, first: 100) { nodes {
      rating { average score distribution { rating count } } viewerRating { rating }
      reviews(first: 1) { totalCount nodes { text reader { username } } }
    } } }`,
    make: async (data, size) => [
      (await data.person())[0],
      { category: await data.publishedStories(size) },
    ],
    items: ({ stories }) => stories.nodes,
  },
  {
    field: 'Query.reportedReviews',
    of: 'reports and decisions',
    query: `{ reportedReviews(first: 100) { totalCount nodes {
      text story { title } reader { username } moderation {
        reports(first: 1) { totalCount nodes { reason reporter { username } } }
        decisions(first: 1) { totalCount nodes { note moderator { username } } }
      } } } }`,
    make: async (data, size) => {
      const [, story] = await data.story(2, true);
      // Those of the list before wait no longer.
      await data.sql('UPDATE reviews SET reported_at = NULL', []);
      await data.reviews(story, size);
      return [await data.admin(), {}];
    },
    items: ({ reportedReviews }) => reportedReviews.nodes,
  },
  {
    field: 'ReviewModeration.reports',
    of: 'reporter',
    query: `query ($id: ID!) { review(id: $id) { moderation { reports(first: 100) {
      totalCount nodes { reason isOpen reporter { username } } } } } }`,
    make: async (data, size) => {
      const [admin, id] = await data.moderated(size);
      return [admin, { id }];
    },
    items: ({ review }) => review.moderation.reports.nodes,
  },
  {
    field: 'ReviewModeration.decisions',
    of: 'moderator',
    query: `query ($id: ID!) { review(id: $id) { moderation { decisions(first: 100) {
      totalCount nodes { decision text moderator { username } } } } } }`,
    make: async (data, size) => {
      const [admin, id] = await data.moderated(size);
      return [admin, { id }];
    },
    items: ({ review }) => review.moderation.decisions.nodes,
  },
];
