//! The contract `zhixing-plain/1`, point by point, against the router: no network, no waiting.

#![cfg(test)]

mod attachments;
mod audiences;
mod enrolment;
mod hostile;
mod pages;
mod people;
mod records;
mod support;
mod uploads;
mod wire;
