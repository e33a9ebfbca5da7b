//! Sheet Communication: the months on the networks.

use crate::model::rows::{Integer, MonthOf, Sight, sheet};

sheet! {
    /// One month on the networks.
    CommunicationMonth = "Communication", mois, communication, named by "Mois", seen by Sight::PUBLIC,
    "Un mois de réseaux sociaux par ligne.",
    { key: &[Self::MONTH] }
    {
        /// The month.
        month MONTH: MonthOf = "Mois" { example: "2021-01" };
        /// Followers at its end: a stock.
        followers FOLLOWERS: Integer<0, 1_000_000_000> = "Abonnés" { about: "À la fin du mois.", example: "120" };
        /// Posts in the month: a flow.
        posts POSTS: Integer<0, 1_000_000> = "Publications" { about: "Dans le mois.", example: "4" };
        /// Views in the month: a flow.
        views VIEWS: Integer<0, 1_000_000_000> = "Vues" { about: "Dans le mois.", example: "3200" };
    }
}
